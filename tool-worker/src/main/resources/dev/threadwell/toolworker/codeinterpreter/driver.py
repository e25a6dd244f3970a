"""Executes code in a sandbox, as directed over a pipe.

Requests and replies are JSON texts, each preceded by its length (four bytes, big-endian). Bytes of
files and pictures follow a request or reply that contains their number. The other side must treat
all replies as untrusted, because the executed code can manipulate this program at will.
"""

import fcntl
import io
import json
import linecache
import os
import signal
import stat
import struct
import sys
import threading
import time
import traceback
import types

DATA = "/mnt/data"
PIECE = 1 << 16
LONGEST_TRACEBACK = 8_000
LISTED = 1_000
DEEPEST = 8
LONGEST_NAME = 400

class TimeIsUp(BaseException):
    """Raised inside code that exceeds its time limit."""


class Wire:
    """The pipe to the other side, on duplicated descriptors, out of reach of printing code."""

    def __init__(self):
        self.requests = os.fdopen(os.dup(0), "rb", buffering=PIECE)
        self.replies = os.fdopen(os.dup(1), "wb", buffering=PIECE)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)

    def request(self):
        length = self.requests.read(4)
        if len(length) < 4:
            return None
        return json.loads(self.requests.read(struct.unpack(">I", length)[0]))

    def reply(self, answer, *attached):
        text = json.dumps(answer).encode()
        self.replies.write(struct.pack(">I", len(text)) + text)
        for piece in attached:
            self.replies.write(piece)
        self.replies.flush()


class Outputs:
    """The output of one request's code: logs and pictures in their order, limited in size."""

    def __init__(self, log_chars, images, image_bytes):
        self.room = log_chars
        self.images_left = images
        self.image_bytes = image_bytes
        self.left_out = 0
        self.parts = []
        self.pictures = []

    def log(self, text):
        kept = text[: self.room]
        self.room -= len(kept)
        self.left_out += len(text) - len(kept)
        self.add(kept)

    def add(self, text):
        if not text:
            return
        if not self.parts or self.parts[-1]["type"] != "logs":
            self.parts.append({"type": "logs", "pieces": []})
        self.parts[-1]["pieces"].append(text)

    def begin_line(self):
        """Makes the next output begin on a new line."""
        if self.parts and self.parts[-1]["type"] == "logs":
            if not self.parts[-1]["pieces"][-1].endswith("\n"):
                self.log("\n")

    def image(self, png):
        if self.images_left <= 0 or len(png) > self.image_bytes:
            self.add("[A picture was left out: too many, or too large.]\n")
            return
        self.images_left -= 1
        self.image_bytes -= len(png)
        self.parts.append({"type": "image", "size": len(png)})
        self.pictures.append(png)

    def shown(self):
        return [
            {"type": "logs", "logs": "".join(part["pieces"])} if part["type"] == "logs" else part
            for part in self.parts
        ]


class Console(io.TextIOBase):
    """Captures, in order, what Python code, child processes and C libraries print."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self):
        self.lock = threading.RLock()
        self.outputs = None
        self.file = os.memfd_create("console", os.MFD_CLOEXEC)
        fcntl.fcntl(self.file, fcntl.F_SETFL, os.O_APPEND)
        os.dup2(self.file, 1)
        os.dup2(self.file, 2)
        self.buffer = open(1, "wb", buffering=0, closefd=False)
        self.is_copy = False
        os.register_at_fork(after_in_child=self.copied)

    def copied(self):
        """Runs in a forked child: its output goes to the file, which the parent reads."""
        self.is_copy = True
        self.lock = threading.RLock()

    def writable(self):
        return True

    def fileno(self):
        return 1

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.is_copy:
            self.buffer.write(text.encode("utf-8", "replace"))
            return len(text)
        with self.lock:
            self.collect()
            if self.outputs is not None:
                self.outputs.log(text)
        return len(text)

    def begin_line(self):
        with self.lock:
            self.collect()
            if self.outputs is not None:
                self.outputs.begin_line()

    def collect(self):
        """Moves output from the file to the outputs."""
        size = os.fstat(self.file).st_size
        if size == 0:
            return
        if self.outputs is not None:
            wanted = min(size, 4 * self.outputs.room)
            text = os.pread(self.file, wanted, 0).decode("utf-8", "replace")
            self.outputs.log(text)
            self.outputs.left_out += size - wanted
        os.ftruncate(self.file, 0)

    def image(self, png):
        with self.lock:
            self.collect()
            if self.outputs is not None:
                self.outputs.image(png)

    def begin(self, outputs):
        with self.lock:
            os.ftruncate(self.file, 0)
            self.outputs = outputs

    def end(self):
        with self.lock:
            self.collect()
            self.outputs = None


def inside(name):
    """The path of a file in the data directory; rejects path traversal."""
    parts = name.split("/")
    if not name or name.startswith("/") or any(part in ("", ".", "..") for part in parts):
        raise ValueError("not the name of a file")
    return os.path.join(DATA, *parts)


def opened(name, flags):
    """Opens a file without following symbolic links."""
    directory = os.open(DATA, os.O_RDONLY | os.O_DIRECTORY)
    parts = name.split("/")
    try:
        for part in parts[:-1]:
            below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=directory)
            os.close(directory)
            directory = below
        return os.open(parts[-1], flags | os.O_NOFOLLOW, 0o644, dir_fd=directory)
    finally:
        os.close(directory)


class Driver:
    """Serves requests one after the other."""

    def __init__(self):
        self.wire = Wire()
        self.console = Console()
        self.figures = Figures(self.console)
        self.executed = 0
        self.armed = False
        sys.stdout = sys.stderr = self.console
        main = type(sys)("__main__")
        sys.modules["__main__"] = main
        self.notebook = Notebook(main.__dict__, self.console, self.figures)
        sys.path.insert(0, DATA)
        self.outputs = None
        self.process = os.getpid()
        self.exit_at_once = os._exit
        os._exit = self.exit
        signal.signal(signal.SIGALRM, self.time_is_up)

    def time_is_up(self, *_):
        if self.armed:
            raise TimeIsUp()

    def exit(self, status=0):
        """Replacement of os._exit that sends the output so far before it ends the process."""
        outputs, self.outputs = self.outputs, None
        if outputs is not None and os.getpid() == self.process:
            self.wire.reply(*self.shown(outputs))
        self.exit_at_once(status)

    def shown(self, outputs):
        """The reply with the outputs of code that has ended."""
        self.console.end()
        if outputs.left_out:
            outputs.add(f"\n[{outputs.left_out} more characters were left out.]\n")
        return ({"outputs": outputs.shown()}, *outputs.pictures)

    def serve(self):
        while (request := self.wire.request()) is not None:
            operation = getattr(self, "do_" + request["do"])
            try:
                answer, *attached = operation(request)
            except Exception as error:
                answer, attached = {"error": f"{type(error).__name__}: {error}"}, []
            self.wire.reply(answer, *attached)

    def do_prepare(self, request):
        for module in request["modules"]:
            __import__(module)
        if "matplotlib" in request["modules"]:
            self.figures.prepare()
        return ({"version": sys.version.split()[0]},)

    def do_put(self, request):
        left = request["size"]
        failure = None
        target = None
        try:
            target = os.open(
                inside(request["name"]),
                os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW,
                0o644,
            )
        except (OSError, ValueError) as error:
            failure = error
        while left > 0:
            piece = self.wire.requests.read(min(left, PIECE))
            if not piece:
                raise SystemExit
            left -= len(piece)
            view = memoryview(piece)
            while failure is None and view:
                try:
                    view = view[os.write(target, view) :]
                except OSError as error:
                    failure = error
        if target is not None:
            os.close(target)
        if failure is not None:
            raise failure
        return ({},)

    def do_get(self, request):
        inside(request["name"])
        file = opened(request["name"], os.O_RDONLY | os.O_NONBLOCK)
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            os.close(file)
            raise ValueError("not a file")
        if status.st_size > request["most"]:
            os.close(file)
            raise ValueError(f"it has {status.st_size} bytes, and {request['most']} may be taken out")
        return ({"size": status.st_size}, *pieces(file, status.st_size))

    def do_list(self, _request):
        files = []
        for directory, below, names in os.walk(DATA):
            if directory.count("/") - DATA.count("/") >= DEEPEST:
                below.clear()
            below.sort()
            for name in sorted(names):
                path = os.path.join(directory, name)
                shown = path[len(DATA) + 1 :]
                try:
                    status = os.lstat(path)
                    shown.encode()
                except (OSError, UnicodeError):
                    continue
                fits = len(shown) <= LONGEST_NAME and len(files) < LISTED
                if fits and stat.S_ISREG(status.st_mode):
                    file = {"name": shown, "size": status.st_size, "changed": status.st_mtime_ns}
                    files.append(file)
        return ({"files": files},)

    def do_execute(self, request):
        outputs = Outputs(request["log_chars"], request["images"], request["image_bytes"])
        self.console.begin(outputs)
        self.figures.begin()
        self.outputs = outputs
        self.executed += 1
        name = f"<cell {self.executed}>"
        source = request["code"]
        linecache.cache[name] = (len(source), None, source.splitlines(True), name)
        began = time.monotonic()
        timed_out = False
        failure = None
        try:
            try:
                self.armed = True
                # Repeats every 0.5 s, for code that catches all exceptions.
                signal.setitimer(signal.ITIMER_REAL, request["seconds"], 0.5)
                self.notebook.run_cell(source, name)
                self.figures.show()
            except TimeIsUp:
                timed_out = True
            except SystemExit:
                pass
            except BaseException as error:
                failure = error
            self.armed = False
        except TimeIsUp:
            # Raised just after the end of the code, or repeatedly.
            self.armed = False
            timed_out = True
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.outputs = None
        if failure is not None:
            failure = self.explained(failure)
        self.console.end()
        if outputs.left_out:
            outputs.add(f"\n[{outputs.left_out} more characters were left out.]\n")
        if failure is not None:
            outputs.add(failure)
        if timed_out:
            taken = time.monotonic() - began
            outputs.add(f"\nTimeoutError: the code was stopped after {taken:.0f} seconds.\n")
        return ({"outputs": outputs.shown()}, *outputs.pictures)

    def explained(self, error):
        """The traceback of an error, without frames of this program and limited in length."""
        if isinstance(error, UsageError):
            return f"UsageError: {error}\n"
        try:
            steps = theirs(error, self.notebook.user_ns)
            text = "".join(traceback.format_exception(type(error), error, steps))
        except BaseException as worse:
            text = f"{type(error).__name__}, which cannot be shown: {type(worse).__name__}\n"
        if len(text) <= LONGEST_TRACEBACK:
            return text
        half = LONGEST_TRACEBACK // 2
        return text[:half] + "\n[…]\n" + text[-half:]


def theirs(error, namespace):
    """The frames of a traceback from the executed code on, without those of this program."""
    steps = []
    step = error.__traceback__
    while step is not None:
        scope = step.tb_frame.f_globals
        if scope is namespace or steps and scope is not globals():
            steps.append(step)
        step = step.tb_next
    kept = None
    for step in reversed(steps):
        kept = types.TracebackType(kept, step.tb_frame, step.tb_lasti, step.tb_lineno)
    return kept


def pieces(file, size):
    """Exactly size bytes of a file, filled up with zeros if it has been truncated meanwhile."""
    left = size
    with os.fdopen(file, "rb", buffering=0) as source:
        while left > 0:
            piece = source.read(min(left, PIECE)) or bytes(min(left, PIECE))
            left -= len(piece)
            yield piece


Driver().serve()
