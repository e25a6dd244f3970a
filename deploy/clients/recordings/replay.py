"""Conversations with the original, held again with a running Threadwell: one line per exchange.

Reads OPENAI_BASE_URL and OPENAI_API_KEY. In the files, `{thread_1}` is an id that the server chooses, the same wherever it
stands; `<time>`, `<integer>`, `<number>`, `<boolean>` and `<text>` are values of that type; everything else has to be as it is, keys in their order.
`indexed` names a store whose files have to be ready by then: a run waits for its thread's store, not for its assistant's.
"""

import http.client
import json
import os
import re
import sys
import time
import urllib.parse
from pathlib import Path

HERE = Path(__file__).parent
ID = re.compile(r"\{(\w+)\}")
NOT_FINAL = {"queued", "in_progress", "cancelling"}


class Differs(Exception):
    pass


class Conversation:
    def __init__(self, target, decided):
        self.target = urllib.parse.urlsplit(target)
        self.decided = decided
        self.ids = {}

    def hold(self, exchange):
        """Runs and files are asked for until they are what they were then: ours may be slower or faster."""
        if "indexed" in exchange:
            self.answer({"method": "GET", "path": f"/v1/vector_stores/{exchange['indexed']}/files", "awaited": True})
        status, body = self.answer(exchange)
        self.same(exchange["status"], status, "status")
        if "events" in exchange:
            self.same_events(exchange["events"], self.events_of(body))
        else:
            self.same(exchange["answer"], json.loads(body), "answer")

    def answer(self, exchange):
        deadline = time.monotonic() + 300
        status, body = self.send(exchange)
        while exchange.get("awaited") and under_way(json.loads(body)) and time.monotonic() < deadline:
            status, body = self.send(exchange)
        return status, body

    def send(self, exchange):
        headers = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}
        if exchange.get("beta"):
            headers["OpenAI-Beta"] = exchange["beta"]
        body = None
        if "body" in exchange:
            headers["Content-Type"] = "application/json"
            body = self.with_ids(json.dumps(exchange["body"])).encode()
        elif "form" in exchange:
            headers["Content-Type"] = "multipart/form-data; boundary=edge"
            body = form(exchange["form"])
        connection = http.client.HTTPConnection(self.target.hostname, self.target.port, timeout=60)
        path = self.target.path.removesuffix("/v1") + self.with_ids(exchange["path"])
        connection.request(exchange["method"], path, body, headers)
        answer = connection.getresponse()
        status, content = answer.status, answer.read().decode()
        connection.close()
        return status, content

    def with_ids(self, text):
        return ID.sub(lambda found: self.ids.get(found[1], found[0]), text)

    def same(self, expected, actual, where):
        if isinstance(expected, dict) and isinstance(actual, dict):
            actual = self.without_decided(expected, actual, where)
            if list(expected) != list(actual):
                raise Differs(f"{where} has {list(actual)} instead of {list(expected)}")
            for key, value in expected.items():
                self.same(value, actual[key], f"{where}.{key}")
        elif isinstance(expected, list) and isinstance(actual, list):
            if len(expected) != len(actual):
                raise Differs(f"{where} has {len(actual)} items instead of {len(expected)}")
            for at, value in enumerate(expected):
                self.same(value, actual[at], f"{where}[{at}]")
        elif not self.same_value(expected, actual):
            raise Differs(f"{where} is {actual!r} instead of {expected!r}")

    def same_value(self, expected, actual):
        if expected in ("<time>", "<integer>"):
            return type(actual) is int
        if expected == "<number>":
            return type(actual) in (int, float)
        if expected in ("<text>", "<boolean>"):
            return isinstance(actual, str if expected == "<text>" else bool)
        named = ID.fullmatch(expected) if isinstance(expected, str) else None
        if named:
            return isinstance(actual, str) and self.ids.setdefault(named[1], actual) == actual
        expected = self.with_ids(expected) if isinstance(expected, str) else expected
        return type(actual) is type(expected) and actual == expected

    def without_decided(self, expected, actual, where):
        """What differs by decision has to differ."""
        added = [k for one in self.decided if one["object"] == actual.get("object") for k in one["adds"]]
        added = [key for key in added if key not in expected]
        if not set(added) <= set(actual):
            raise Differs(f"{where} lacks {added}, which was decided to be there")
        return {key: value for key, value in actual.items() if key not in added}

    def same_events(self, expected, actual):
        """Deltas are as many as the model has tokens: one that is like the one before it may come any number of times."""
        at = 0
        for name, data in actual:
            if at < len(expected) and name == expected[at][0] and self.accepts(expected[at][1], data):
                at += 1
            elif not (at and name == expected[at - 1][0] and ".delta" in name and self.accepts(expected[at - 1][1], data)):
                wanted = expected[at] if at < len(expected) else ["the end", None]
                self.same(wanted[0], name, f"event {at + 1}")
                self.same(wanted[1], data, f"event {at + 1}, {name}")
        self.same(len(expected), at, "the number of events")

    def events_of(self, body):
        for block in body.strip().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.split("\n"))
            if list(fields) != ["event", "data"]:
                raise Differs(f"an event has {list(fields)}")
            data = fields["data"]
            yield fields["event"], data if data == "[DONE]" else json.loads(data)

    def accepts(self, expected, data):
        try:
            self.same(expected, data, "data")
            return True
        except Differs:
            return False


def under_way(answer):
    return any(one.get("status") in NOT_FINAL for one in answer.get("data", [answer]))


def form(fields):
    lines = []
    for name, value in fields.items():
        filename = f'; filename="{value[0]}"' if isinstance(value, list) else ""
        content = value[1] if isinstance(value, list) else value
        lines += ["--edge", f'Content-Disposition: form-data; name="{name}"{filename}', "", content]
    return "\r\n".join([*lines, "--edge--", ""]).encode()


def main():
    decided = json.loads((HERE / "decided.json").read_text())
    recordings = [one for one in sorted(HERE.glob("*.json")) if one.name != "decided.json"]
    exchanges = {one.stem: json.loads(one.read_text())["exchanges"] for one in recordings}
    names = {
        (stem, at): f"{stem} {at + 1}, {one['method']} {one['path'].split('?')[0]}"
        for stem, all_of_it in exchanges.items()
        for at, one in enumerate(all_of_it)
    }
    for name in names.values():
        print(f"check {name}", flush=True)
    conversations = {stem: Conversation(os.environ["OPENAI_BASE_URL"], decided) for stem in exchanges}
    return sum(not passes(name, conversations[stem], exchanges[stem][at]) for (stem, at), name in names.items()) and 1


def passes(name, conversation, exchange):
    try:
        conversation.hold(exchange)
    except (Differs, OSError, ValueError) as failure:
        print(f"not ok {name}: {' '.join(str(failure).split())}", flush=True)
        return False
    print(f"ok {name}", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
