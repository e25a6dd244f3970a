"""The magics and shell commands of a notebook. Part of the driver's program."""

import builtins
import contextlib
import os
import shlex
import signal
import subprocess
import time
import timeit

SHELL = "/bin/bash" if os.path.exists("/bin/bash") else "/bin/sh"
NO_NETWORK = "Nothing can be installed: there is no network here. What is installed can be imported.\n"
INSTALLS = re.compile(
    r"\s*(sudo\s+)?((\S*python[\d.]*\s+-m\s+)?pip[\d.]*|conda|mamba|uv\s+pip)\s+(install|download)\b"
)
EXPRESSION = re.compile(r"\$\$|\{(?P<expression>[^{}]+)\}|\$(?P<name>[A-Za-z_]\w*)")

# Ignored, because they set up what is already so, or change only a notebook's appearance.
NOTHING_TO_DO = (
    "autoreload autosave colors config load_ext matplotlib precision reload_ext xmode".split()
)


class Captured:
    """The captured output of a cell with %%capture."""

    def __init__(self):
        self.stdout = ""
        self.stderr = ""

    def show(self):
        print(self.stdout, end="")

    def __str__(self):
        return self.stdout


class Magics:
    """Executes lines that begin with `%` or `!`, and cells that begin with `%%`."""

    def __init__(self, notebook):
        self.notebook = notebook
        self.namespace = notebook.user_ns

    def line(self, name, line):
        if name in NOTHING_TO_DO:
            return None
        found = getattr(self, "line_" + name, None)
        if found is None:
            raise UsageError(f"Line magic function `%{name}` not found.")
        return found(line)

    def cell(self, name, line, cell):
        found = getattr(self, "cell_" + name, None)
        if found is None:
            raise UsageError(f"Cell magic `%%{name}` not found.")
        return found(line, cell)

    # --- the shell -------------------------------------------------------------------------------

    def expanded(self, command):
        """Replaces `{expression}` and `$name` by values of the code; the shell expands the rest."""

        def value(match):
            if match[0] == "$$":
                return "$"
            try:
                if match["expression"]:
                    return str(eval(match["expression"], self.namespace))
                return str(self.namespace[match["name"]])
            except Exception:
                return match[0]

        return EXPRESSION.sub(value, command)

    def shell(self, command):
        command = self.expanded(command)
        if INSTALLS.match(command):
            print(NO_NETWORK, end="")
            self.namespace["_exit_code"] = 1
            return
        self.namespace["_exit_code"] = self.run([SHELL, "-c", command])

    def shell_output(self, command):
        command = self.expanded(command)
        if INSTALLS.match(command):
            return NO_NETWORK.splitlines()
        self.namespace["_exit_code"], output = self.run([SHELL, "-c", command], output=True)
        return output.splitlines()

    def run(self, command, input=None, output=False):
        """Runs a program; if the code is interrupted, kills it and its child processes."""
        sys.stdout.flush()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if input is None else subprocess.PIPE,
            stdout=subprocess.PIPE if output else None,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            said, _ = process.communicate(input)
            return (process.returncode, said) if output else process.returncode
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise

    def cell_bash(self, _line, cell):
        self.namespace["_exit_code"] = status = self.run([SHELL], input=cell)
        if status != 0:
            raise subprocess.CalledProcessError(status, "bash")

    cell_sh = cell_bash

    def cell_python(self, _line, cell):
        self.run([sys.executable, "-"], input=cell)

    cell_python3 = cell_python

    def line_pip(self, line):
        if line.split(" ")[0] in ("install", "download"):
            print(NO_NETWORK, end="")
        else:
            self.run([sys.executable, "-m", "pip", *shlex.split(line)])

    def line_conda(self, _line):
        print(NO_NETWORK, end="")

    line_mamba = line_conda

    def line_ls(self, line):
        self.shell("ls " + line)

    # --- directories, files, the environment ------------------------------------------------------

    def line_pwd(self, _line):
        return os.getcwd()

    def line_cd(self, line):
        os.chdir(os.path.expanduser(self.expanded(line).strip("'\"") or "~"))
        print(os.getcwd())

    def line_env(self, line):
        if not line:
            return dict(os.environ)
        name, sign, value = line.partition("=" if "=" in line else " ")
        if not sign:
            if name not in os.environ:
                raise UsageError(f"Environment does not have key: {name}")
            return os.environ[name]
        os.environ[name.strip()] = value = self.expanded(value.strip())
        print(f"env: {name.strip()}={value}")
        return None

    line_set_env = line_env

    def cell_writefile(self, line, cell):
        words = shlex.split(line)
        append = words[:1] == ["-a"]
        if len(words) != (2 if append else 1):
            raise UsageError("%%writefile needs the name of a file.")
        verb = "Appending to" if append else "Overwriting" if os.path.exists(words[-1]) else "Writing"
        print(verb, words[-1])
        with open(words[-1], "a" if append else "w", encoding="utf-8") as file:
            file.write(cell)

    cell_file = cell_writefile

    def line_run(self, line):
        words = shlex.split(self.expanded(line))
        if not words:
            raise UsageError("%run needs the name of a file.")
        with open(words[0], encoding="utf-8") as file:
            code = compile(file.read(), words[0], "exec")
        before, sys.argv = sys.argv, words
        own = {"__name__": "__main__", "__file__": words[0]}
        try:
            exec(code, own)
        finally:
            sys.argv = before
            self.namespace.update(
                {name: value for name, value in own.items() if not name.startswith("__")}
            )

    # --- time ------------------------------------------------------------------------------------

    def timed(self, source):
        began, before = time.monotonic(), os.times()
        try:
            return self.notebook.value_of(source, "<timed>")
        finally:
            taken, after = time.monotonic() - began, os.times()
            user, system = after.user - before.user, after.system - before.system
            print(f"CPU times: user {span(user)}, sys: {span(system)}, total: {span(user + system)}")
            print(f"Wall time: {span(taken)}")

    def line_time(self, line):
        return self.timed(line)

    def cell_time(self, line, cell):
        return self.timed(cell if cell.strip() else line)

    def line_timeit(self, line):
        self.cell_timeit(line, "")

    def cell_timeit(self, line, cell):
        runs, loops, rest = 7, 0, line
        while option := re.match(r"-([nrq])\s*(\d*)\s*", rest):
            if option[1] == "n":
                loops = int(option[2] or 0)
            elif option[1] == "r":
                runs = max(1, int(option[2] or runs))
            rest = rest[option.end() :]
        setup, statement = (rest or "pass", cell) if cell.strip() else ("pass", rest)
        timer = timeit.Timer(statement, setup, globals=self.namespace)
        if loops == 0:
            loops, _ = timer.autorange()
        times = [taken / loops for taken in timer.repeat(runs, loops)]
        mean = sum(times) / runs
        deviation = (sum((taken - mean) ** 2 for taken in times) / runs) ** 0.5
        print(
            f"{span(mean)} ± {span(deviation)} per loop"
            f" (mean ± std. dev. of {runs} runs, {loops:,} loops each)"
        )

    # --- names and what they mean -----------------------------------------------------------------

    def line_who(self, _line):
        names = self.notebook.names()
        print("\t".join(names) if names else "Interactive namespace is empty.")

    def line_who_ls(self, _line):
        return self.notebook.names()

    def line_whos(self, _line):
        for name in self.notebook.names():
            value = self.namespace[name]
            print(f"{name:<20}{type(value).__name__:<16}{' '.join(repr(value).split())[:60]}")

    def line_reset(self, _line):
        for name in set(self.namespace) - self.notebook.own:
            del self.namespace[name]

    def line_lsmagic(self, _line):
        kinds = {"line_": "%", "cell_": "%%"}
        for kind, sign in kinds.items():
            known = [name[5:] for name in dir(self) if name.startswith(kind)]
            print(" ".join(sign + name for name in sorted(known)))

    def line_pinfo(self, line):
        self.explain(line, False)

    def cell_capture(self, line, cell):
        captured = Captured()
        out, errors = io.StringIO(), io.StringIO()
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
                self.notebook.value_of(cell, "<captured>")
        finally:
            captured.stdout, captured.stderr = out.getvalue(), errors.getvalue()
            name = line.split(" ")[-1]
            if name.isidentifier():
                self.namespace[name] = captured

    def explain(self, name, whole):
        if name.startswith("%"):
            known = {"line_" + name.strip("%"), "cell_" + name.strip("%")} & set(dir(self))
            print(f"{name} is {'a magic of this interpreter' if known else 'no magic that is here'}.")
            return
        try:
            value = eval(name, vars(builtins) | self.namespace)
        except Exception:
            print(f"Object `{name}` not found.")
            return
        with contextlib.suppress(ValueError, TypeError):
            print(f"Signature: {name}{inspect.signature(value)}")
        print(f"Type:      {type(value).__name__}")
        if whole:
            with contextlib.suppress(OSError, TypeError):
                print(f"Source:\n{inspect.getsource(value)}")
                return
        print(f"Docstring: {inspect.getdoc(value) or '<no docstring>'}")


def span(seconds):
    """A duration with a unit."""
    if seconds >= 60:
        return f"{int(seconds // 60)}min {seconds % 60:.0f}s"
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"
