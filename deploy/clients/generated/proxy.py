"""Stands between the generated tests and the server: real ids for fixed ones, valid values for placeholders."""

import http.client
import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import placeholders
from scene import Scene, Server

HOP_BY_HOP = {"connection", "content-length", "transfer-encoding", "keep-alive", "date", "server"}


class Proxy(ThreadingHTTPServer):
    """Requests that only read share one scene; every other has one of its own, for it may consume what it is given."""

    daemon_threads = True

    def __init__(self, base_url, api_key):
        super().__init__(("127.0.0.1", 0), Handler)
        self.target = urllib.parse.urlsplit(base_url)
        self.server_under_test = Server(base_url, api_key)
        self.shared = Scene(self.server_under_test)
        self.making = threading.Lock()

    def scene_of(self, method, segments):
        if method == "GET" and segments != placeholders.NEWEST_ONLY:
            return self.shared
        return Scene(self.server_under_test, waiting=segments[-1] in ("cancel", "submit_tool_outputs"))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def relay(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        split = urllib.parse.urlsplit(self.path)
        segments = split.path.strip("/").split("/")
        scene = self.server.scene_of(self.command, segments)
        with self.server.making:
            query = query_with_values(split.query, segments, scene)
            path = "/".join(path_with_ids(segments, scene)) + query
            if "json" in self.headers.get("Content-Type", "") and body:
                body = json.dumps(with_values(json.loads(body), scene)).encode()
        target = self.server.target
        connection = http.client.HTTPConnection(target.hostname, target.port, timeout=60)
        try:
            connection.request(self.command, f"{target.path}/{path}", body or None, self.forwarded())
            self.answer(connection.getresponse())
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # The test has closed its stream.
        finally:
            connection.close()

    do_GET = do_POST = do_DELETE = relay

    def forwarded(self):
        left_out = HOP_BY_HOP | {"host", "authorization", "accept-encoding"}
        given = {name: value for name, value in self.headers.items() if name.lower() not in left_out}
        return {**given, "Authorization": self.server.server_under_test.headers["Authorization"]}

    def answer(self, response):
        self.send_response(response.status)
        for name, value in response.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        while chunk := response.read1():
            self.wfile.write(chunk)
            self.wfile.flush()
        self.close_connection = True

    def log_message(self, *_):
        """pytest says what went wrong."""


def path_with_ids(segments, scene):
    return [
        getattr(scene, kind_of_id(segments, at)) if is_id(segments, at) else segment
        for at, segment in enumerate(segments)
    ]


def is_id(segments, at):
    words = {*placeholders.COLLECTIONS, "search"}
    return at > 0 and segments[at - 1] in placeholders.COLLECTIONS and segments[at] not in words


def kind_of_id(segments, at):
    collection, behind = segments[at - 1], segments[at + 1 :]
    if collection == "files" and segments[0] == "vector_stores":
        return "stored_file"
    if collection == "files" and behind == ["content"]:
        return "readable_file"
    return placeholders.COLLECTIONS[collection]


def query_with_values(query, segments, scene):
    given = dict(urllib.parse.parse_qsl(query))
    if segments == placeholders.NEWEST_ONLY:
        assert scene.store
        given["limit"] = "1"
    mapped = {name: mapped_value(placeholders.PARAMETERS, name, value, scene) for name, value in given.items()}
    if mapped.get("after") is placeholders.FIRST:
        mapped["after"] = getattr(scene, kind_of_id([*segments, ""], len(segments)))
    left = {name: value for name, value in mapped.items() if value is not placeholders.ABSENT}
    return "?" + urllib.parse.urlencode(left) if left else ""


def with_values(body, scene):
    if isinstance(body, list):
        return [with_values(one, scene) for one in body]
    if not isinstance(body, dict):
        return body
    mapped = {name: field(name, value, scene) for name, value in body.items()}
    return {name: value for name, value in mapped.items() if value is not placeholders.ABSENT}


def field(name, value, scene):
    kind = placeholders.ID_FIELDS.get(name)
    if kind:
        one = getattr(scene, kind)
        return [one] if isinstance(value, list) else one
    valid = mapped_value(placeholders.VALUES, name, value, scene)
    return with_values(value, scene) if valid is value else valid


def mapped_value(table, name, value, scene):
    for wanted, placeholder, valid, _ in table:
        if (wanted, placeholder) == (name, value):
            return valid(scene) if callable(valid) else valid
    return value
