"""Reads a document as a reader would: runs its samples one after the other, as one notebook, and compares.

`python read.py documents/course.py`, with OPENAI_BASE_URL, OPENAI_API_KEY and THREADWELL_SIMULATOR (the simulator's address
without `/v1`). A line of JSON for the document, and one for each sample.

A document is a Python file in cells. `# %% 7 What it does` is sample 7, the document's code; `# %% shown` behind it
compares what came back with what the document shows; `# %% meanwhile` is what a reader does between two samples.
Comments below a cell's head: `# changed:` what differs from the document and why; `# but:` what cannot be compared;
`# also:` what is compared of a sample of which the document shows nothing.
"""

import ast
import contextlib
import io
import json
import os
import re
import sys
import tempfile
import traceback
from pathlib import Path

from reader import Reader

HEAD = re.compile(r"^# %% (?:(?P<number>\d+[a-z]?) )?(?P<words>.+)$")
NOTE = re.compile(r"^# (?P<name>document|changed|but|also): (?P<words>.+)$")


class Cell:
    def __init__(self, number, words, line):
        self.number, self.words, self.line = number, words, line
        self.notes, self.lines = {}, []

    def source(self, ids=None):
        """With the reader's own ids for those of the document; each line keeps its number, for tracebacks."""
        text = "\n" * self.line + "\n".join(self.lines)
        for theirs, own in (ids or {}).items():
            text = text.replace(theirs, own)
        return text


def cells(path):
    found = [Cell(None, "before", 0)]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        head, note = HEAD.match(line), NOTE.match(line)
        if head:
            found.append(Cell(head["number"], head["words"], number))
        elif note and (not found[-1].number or not any(map(str.strip, found[-1].lines))):
            found[-1].notes[note["name"]] = note["words"]
            found[-1].lines.append("")
        else:
            found[-1].lines.append(line)
    return found


def value_of(source, where, namespace):
    """Runs it as a notebook runs a cell: the value of a last expression is the cell's."""
    tree = ast.parse(source, where)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, where, "exec"), namespace)
    return eval(compile(ast.Expression(last.value), where, "eval"), namespace) if last else None


def run(cell, path, namespace, reader):
    said = io.StringIO()
    reader.out = reader.raised = None
    try:
        with contextlib.redirect_stdout(said):
            reader.out = value_of(cell.source(reader.ids), str(path), namespace)
    except Exception as error:
        reader.raised = error
    reader.said = said.getvalue()


def result(cell, shown):
    if "also" in cell.notes:
        return "runs; " + cell.notes["also"]
    if not shown:
        return "runs; nothing is shown"
    return "as shown" + (", but " + cell.notes["but"] if "but" in cell.notes else "")


def compared(sample, shown, path, namespace, reader):
    """Why what came back is not what the document shows; None if it is."""
    source = shown.source() if shown else ""
    try:
        if reader.raised and "reader.raised" not in source:
            raise reader.raised
        exec(compile(source, str(path), "exec"), dict(namespace))
    except Exception as failure:
        traceback.print_exception(type(failure), failure, failure.__traceback__)
        lines = [f.lineno for f in traceback.extract_tb(failure.__traceback__) if f.filename == str(path)]
        where = f" (line {lines[-1]} of {path.name})" if lines else ""
        return " ".join(f"{type(failure).__name__}: {failure}{where}".split())
    return None


def read(path, reader):
    """Runs all cells; says each sample's result as soon as it is known."""
    before, *rest = cells(path)
    samples = [c.number for c in rest if c.number]
    say(document=before.notes["document"], samples=samples)
    namespace = {"__name__": "__main__", "reader": reader}
    exec(compile(before.source(), str(path), "exec"), namespace)
    for cell, following in zip(rest, rest[1:] + [None]):
        if cell.number:
            run(cell, path, namespace, reader)
            shown = following if following and following.words == "shown" else None
            failure = compared(cell, shown, path, namespace, reader)
            say(
                sample=cell.number,
                what=cell.words,
                result=result(cell, shown),
                changed=cell.notes.get("changed", ""),
                failure=failure,
            )
        elif cell.words == "meanwhile":
            exec(compile(cell.source(reader.ids), str(path), "exec"), namespace)


def say(**line):
    print(json.dumps(line, ensure_ascii=False), file=sys.__stdout__, flush=True)


def main():
    path = Path(sys.argv[1]).resolve()
    reader = Reader(os.environ["THREADWELL_SIMULATOR"])
    with tempfile.TemporaryDirectory() as directory:
        os.chdir(directory)
        try:
            read(path, reader)
        finally:
            os.chdir(path.parent)
            reader.learn()


if __name__ == "__main__":
    main()
