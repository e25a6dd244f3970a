"""Executes cells like a notebook: the last value is an output, and lines may be shell commands or
magics. Part of the driver's program.
"""

import ast
import importlib.util
import inspect
import io
import pprint
import re
import sys
import tokenize
import types

WIDTH = 79
LONGEST_SEQUENCE = 1_000

ASSIGNED = re.compile(
    r"(?P<target>[^\W\d][\w.\[\]'\", ]*?)\s*=\s*(?P<kind>!|%)(?P<line>[^=].*)", re.DOTALL
)
HELP = re.compile(r"(?P<before>\?{0,2})\s*(?P<name>[%\w.]+)\s*(?P<after>\?{0,2})")
INSTALLER = re.compile(r"(?P<name>pip3?|conda|mamba)\s+(?P<line>(un)?install\b.*)", re.DOTALL)
CALL = "get_ipython()."


class UsageError(Exception):
    """An unknown or wrongly used magic; reported as one line without a traceback."""


class Pretty(pprint.PrettyPrinter):
    """Formats values as IPython does."""

    # Does not split long strings.
    _dispatch = {
        representation: printer
        for representation, printer in pprint.PrettyPrinter._dispatch.items()
        if representation not in (str.__repr__, bytes.__repr__, bytearray.__repr__)
    }

    def __init__(self):
        super().__init__(width=WIDTH + 1, sort_dicts=False)

    def format(self, value, context, maxlevels, level):
        text = short(value)
        if text is not None:
            return text, False, False
        return super().format(value, context, maxlevels, level)


def short(value):
    """IPython's format for classes, functions and objects without their own __repr__."""
    kind = type(value)
    if isinstance(value, type) and kind.__repr__ is type.__repr__:
        return qualified(value)
    if kind in (types.FunctionType, types.BuiltinFunctionType):
        try:
            return f"<function {qualified(value)}{inspect.signature(value)}>"
        except (ValueError, TypeError):
            return f"<function {qualified(value)}>"
    if kind.__repr__ is object.__repr__:
        return f"<{qualified(kind)} at {id(value):#x}>"
    return None


def qualified(thing):
    module = getattr(thing, "__module__", None)
    name = thing.__qualname__
    return name if module in (None, "builtins") else f"{module}.{name}"


def pretty(value):
    """The text of a value; a very long collection is truncated."""
    if type(value) in (list, tuple, set, frozenset, dict) and len(value) > LONGEST_SEQUENCE:
        some = [item for item, _ in zip(value, range(LONGEST_SEQUENCE))]
        begin = {key: value[key] for key in some} if type(value) is dict else type(value)(some)
        text = Pretty().pformat(begin)
        end = "})" if type(value) is frozenset else text[-1]
        return text[: -len(end)] + ",\n ..." + end
    return Pretty().pformat(value)


class Lines:
    """Replaces each line that is not Python by a call."""

    def __init__(self, source):
        self.lines = source.splitlines(keepends=True)
        self.changed = False

    def python(self):
        written = []
        quote = None
        depth = 0
        continued = False
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            at += 1
            if quote is None and depth == 0 and not continued:
                whole, taken = self.joined(at - 1)
                call = translated(whole.strip())
                if call is not None:
                    self.changed = True
                    indent = line[: len(line) - len(line.lstrip())]
                    # Keeps the number of lines, so that tracebacks show the right ones.
                    written.append(indent + call + "\n" * taken)
                    at += taken - 1
                    continue
            quote, depth, continued = scanned(line, quote, depth)
            written.append(line)
        return "".join(written)

    def joined(self, at):
        """The line joined with its continuation lines, and their total number."""
        whole = ""
        for taken, line in enumerate(self.lines[at:], start=1):
            whole += line.rstrip("\r\n")
            if not whole.endswith("\\"):
                return whole, taken
            whole = whole[:-1]
        return whole, len(self.lines) - at


def scanned(line, quote, depth):
    """The lexical state after a line: open quote, bracket depth, and whether it is continued."""
    at = 0
    while at < len(line):
        if quote is not None:
            if line[at] == "\\":
                at += 1
            elif line.startswith(quote, at):
                at += len(quote) - 1
                quote = None
        elif line[at] in "\"'":
            quote = line[at] * 3 if line.startswith(line[at] * 3, at) else line[at]
            at += len(quote) - 1
        elif line[at] == "#":
            return quote, depth, False
        elif line[at] in "([{":
            depth += 1
        elif line[at] in ")]}":
            depth = max(0, depth - 1)
        at += 1
    continued = line.rstrip("\r\n").endswith("\\")
    if quote is not None and len(quote) == 1 and not continued:
        # An unclosed quote is left to Python's parser to report.
        quote = None
    return quote, depth, continued and quote is None


def translated(line):
    """The call that replaces a line, or None if it may be Python."""
    if line.startswith("!!"):
        return f"{CALL}getoutput({line[2:]!r})"
    if line.startswith("!"):
        return f"{CALL}system({line[1:]!r})"
    if line.startswith("%") and not line.startswith("%%"):
        return magic(line[1:])
    if line.endswith("?") or line.startswith("?"):
        asked = HELP.fullmatch(line)
        if asked is not None:
            marks = max(asked["before"], asked["after"], key=len)
            return f"{CALL}explain({asked['name']!r}, {len(marks) > 1})"
    assigned = ASSIGNED.fullmatch(line)
    if assigned is not None:
        of_shell = assigned["kind"] == "!"
        rest = assigned["line"]
        return f"{assigned['target']} = " + (
            f"{CALL}getoutput({rest!r})" if of_shell else magic(rest)
        )
    installer = INSTALLER.fullmatch(line)
    if installer is not None:
        return f"{CALL}run_line_magic({installer['name'].rstrip('3')!r}, {installer['line']!r})"
    return None


def magic(line):
    name, _, rest = line.strip().partition(" ")
    return f"{CALL}run_line_magic({name!r}, {rest.strip()!r})"


def without_indent(source):
    """Removes the indentation of a cell that is indented as a whole."""
    lines = source.splitlines(keepends=True)
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    if not indent:
        return source
    return "".join(line[len(indent) :] if line.startswith(indent) else line for line in lines)


def is_silent(source):
    """Whether the last statement ends with a semicolon, which suppresses its value."""
    try:
        kinds = (tokenize.COMMENT, tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER)
        tokens = tokenize.generate_tokens(io.StringIO(source).readline)
        last = [token.string for token in tokens if token.type not in kinds and token.string]
        return bool(last) and last[-1] == ";"
    except (tokenize.TokenError, SyntaxError):
        return False


class Notebook:
    """Executes cells in a namespace; also the object that `get_ipython()` returns to code."""

    def __init__(self, namespace, console, figures):
        self.user_ns = namespace
        self.console = console
        self.figures = figures
        self.magics = Magics(self)
        self.loop = None
        self.last = None
        namespace["get_ipython"] = lambda: self
        namespace["display"] = self.display
        self.own = set(namespace)
        if importlib.util.find_spec("IPython") is None:
            provide_ipython(self)

    def run_cell(self, source, name):
        """Executes a cell and shows its last value."""
        value = self.value_of(source, name)
        if value is not None:
            self.remember(value)
            self.show(value, "")

    def value_of(self, source, name):
        """Executes a cell; returns the value of its last expression unless it is suppressed."""
        tree, source = self.parsed(source, name)
        last = None
        if tree.body and isinstance(tree.body[-1], ast.Expr) and not is_silent(source):
            last = ast.Expression(tree.body.pop().value)
        self.executed(compile(tree, name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT))
        if last is None:
            return None
        return self.executed(compile(last, name, "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT))

    def parsed(self, source, name):
        """Parses a cell; translates magics and shell lines only if it is not valid Python."""
        try:
            return ast.parse(source, name), source
        except SyntaxError as error:
            cell = without_indent(source)
            if cell.lstrip().startswith("%%"):
                head, _, body = cell.lstrip().partition("\n")
                word, _, line = head[2:].strip().partition(" ")
                python = f"{CALL}run_cell_magic({word!r}, {line.strip()!r}, {body!r})"
            else:
                lines = Lines(cell)
                python = lines.python()
                if not lines.changed and cell == source:
                    raise error
            return ast.parse(python, name), python

    def executed(self, code):
        value = eval(code, self.user_ns)
        return self.awaited(value) if code.co_flags & inspect.CO_COROUTINE else value

    def awaited(self, coroutine):
        """Runs a coroutine. All cells share an event loop until one of them is interrupted."""
        import asyncio

        if self.loop is None or self.loop.is_closed():
            self.loop = asyncio.new_event_loop()
        loop, self.loop = self.loop, None
        value = loop.run_until_complete(coroutine)
        self.loop = loop
        return value

    def remember(self, value):
        """Stores the value as `_`, unless the code uses this name for something else."""
        if "_" not in self.user_ns or self.user_ns["_"] is self.last:
            self.user_ns["_"] = self.last = value

    def display(self, *values, **_options):
        for value in values:
            self.show(value, "\n")

    def show(self, value, end):
        if self.figures.show_figure(value):
            return
        png = getattr(value, "_repr_png_", None)
        if callable(png) and not isinstance(value, type):
            picture = png()
            if isinstance(picture, bytes):
                self.console.image(picture)
                return
        self.console.begin_line()
        self.console.write(pretty(value) + end)

    def names(self):
        """The names of the variables that the code has defined."""
        return sorted(
            name
            for name, value in self.user_ns.items()
            if name not in self.own
            and not name.startswith("_")
            and not isinstance(value, types.ModuleType)
        )

    def system(self, command):
        self.magics.shell(command)

    def getoutput(self, command):
        return self.magics.shell_output(command)

    def run_line_magic(self, name, line):
        return self.magics.line(name, line)

    def run_cell_magic(self, name, line, cell):
        return self.magics.cell(name, line, cell)

    def explain(self, name, whole):
        self.magics.explain(name, whole)


class Shown:
    """An object to display; PNG images are shown, all others only by their type."""

    def __init__(self, data=None, filename=None, **_options):
        if filename is not None:
            with open(filename, "rb") as file:
                data = file.read()
        self.data = data

    def __repr__(self):
        return f"<IPython.core.display.{type(self).__name__} object>"

    def _repr_png_(self):
        is_png = isinstance(self.data, bytes) and self.data.startswith(b"\x89PNG\r\n")
        return self.data if is_png else None


def provide_ipython(notebook):
    """Provides the parts of IPython that notebook code imports, where it is not installed."""
    package = types.ModuleType("IPython")
    package.__path__ = []
    package.display = display = types.ModuleType("IPython.display")
    # None, because libraries that find an instance here expect more than this one implements.
    package.get_ipython = lambda: None
    display.display = notebook.display
    display.clear_output = lambda wait=False: None
    for name in ("HTML", "Image", "JSON", "Latex", "Markdown"):
        setattr(display, name, type(name, (Shown,), {"__module__": "IPython.display"}))
    sys.modules.update({"IPython": package, "IPython.display": display})
