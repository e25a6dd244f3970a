"""Real objects on a real server, each made when it is first asked for."""

import functools
import json
import urllib.request

FUNCTION = {"type": "function", "function": {"name": "get_weather"}}
CALLING = {"calls": [{"name": "get_weather", "arguments": {"city": "Paris"}}], "then": {"say": "Sunny."}}
NOT_FINAL = {"queued", "in_progress", "cancelling"}
MODEL = "gpt-4o"


class Server:
    """The server under test; an answer that is no success raises."""

    def __init__(self, base_url, api_key):
        self.base_url = base_url
        self.headers = {"Authorization": f"Bearer {api_key}", "OpenAI-Beta": "assistants=v2"}

    def get(self, path):
        return self._call("GET", path, None, {})

    def post(self, path, **body):
        return self._call("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def post_form(self, path, filename, content, **fields):
        lines = []
        for name, value in fields.items():
            lines += ["--edge", f'Content-Disposition: form-data; name="{name}"', "", value]
        part = "file" if path == "files" else "data"
        lines += ["--edge", f'Content-Disposition: form-data; name="{part}"; filename="{filename}"', "", content]
        body = "\r\n".join([*lines, "--edge--", ""]).encode()
        return self._call("POST", path, body, {"Content-Type": "multipart/form-data; boundary=edge"})

    def _call(self, method, path, body, headers):
        request = urllib.request.Request(
            f"{self.base_url}/{path}", method=method, data=body, headers={**self.headers, **headers}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


class Scene:
    """What the fixed ids of the generated tests stand for."""

    TEXT = "Low water is at noon."

    def __init__(self, server, waiting=False):
        """`waiting`: the run waits for its function's output instead of being completed."""
        self.server = server
        self.waiting = waiting

    @functools.cached_property
    def assistant(self):
        return self.server.post("assistants", model=MODEL, name="Tutor", instructions="Teach.", tools=[FUNCTION])["id"]

    @functools.cached_property
    def file(self):
        return self.server.post_form("files", "tides.txt", self.TEXT, purpose="assistants")["id"]

    @functools.cached_property
    def readable_file(self):
        """Files for assistants can not be downloaded, as in the original."""
        line = '{"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": {}}'
        return self.server.post_form("files", "batch.jsonl", line, purpose="batch")["id"]

    @functools.cached_property
    def store(self):
        return self.server.post("vector_stores", name="Harbour")["id"]

    @functools.cached_property
    def batch(self):
        made = self.server.post(f"vector_stores/{self.store}/file_batches", file_ids=[self.file])["id"]
        self._until_final(f"vector_stores/{self.store}/file_batches/{made}")
        return made

    @functools.cached_property
    def stored_file(self):
        self.server.post(f"vector_stores/{self.store}/files", file_id=self.file)
        self._until_final(f"vector_stores/{self.store}/files/{self.file}")
        return self.file

    @functools.cached_property
    def thread(self):
        return self.server.post("threads")["id"]

    @functools.cached_property
    def message(self):
        said = "simulate " + json.dumps(CALLING) if self.waiting else "Hello."
        return self.server.post(f"threads/{self.thread}/messages", role="user", content=said)["id"]

    @functools.cached_property
    def run(self):
        assert self.message
        path = f"threads/{self.thread}/runs"
        made = self.server.post(path, assistant_id=self.assistant)["id"]
        self._until_final(f"{path}/{made}")
        return made

    @functools.cached_property
    def step(self):
        return self.server.get(f"threads/{self.thread}/runs/{self.run}/steps")["data"][0]["id"]

    @functools.cached_property
    def tool_call(self):
        run = self.server.get(f"threads/{self.thread}/runs/{self.run}")
        return run["required_action"]["submit_tool_outputs"]["tool_calls"][0]["id"]

    @functools.cached_property
    def upload(self):
        described = {"bytes": len(self.TEXT), "filename": "tides.txt", "mime_type": "text/plain"}
        return self.server.post("uploads", purpose="assistants", **described)["id"]

    @functools.cached_property
    def part(self):
        return self.server.post_form(f"uploads/{self.upload}/parts", "part", self.TEXT)["id"]

    @functools.cached_property
    def model(self):
        return MODEL

    def _until_final(self, path):
        while self.server.get(path)["status"] in NOT_FINAL:
            pass
