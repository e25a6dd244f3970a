"""Compares objects, as Python and the SDK print them, with those that a document shows."""

import ast
import json
import re

ID = re.compile(r"(asst|thread|msg|run|file|call|step|vs)[_-][A-Za-z0-9]{16,}")
TIME = re.compile(r".+_at$")

# A message has these everywhere; the original has them in streams only. See `recordings/decided.json`.
DECIDED = {"status", "completed_at", "incomplete_at", "incomplete_details"}

# What the API got after the documents were written, by the object that has it.
RUN = {
    "incomplete_details", "max_completion_tokens", "max_prompt_tokens", "reasoning_effort", "response_format", "temperature",
    "tool_choice", "top_p", "truncation_strategy", "usage",
}
LATER = {
    None: {"completion_tokens_details", "hybrid_search", "prompt_token_details"},
    "file": {"expires_at"},
    "assistant": {"reasoning_effort", "response_format", "temperature", "top_p"},
    "thread.run": RUN,
}


class Node:
    """An object as the SDK prints it: `Thread(id='…')`."""

    def __init__(self, name, members):
        self.name, self.members = name, members

    def __repr__(self):
        return f"{self.name}({self.members})"


def node(tree):
    if isinstance(tree, ast.Expression):
        return node(tree.body)
    if isinstance(tree, ast.Call):
        return Node(ast.unparse(tree.func), {word.arg: node(word.value) for word in tree.keywords})
    if isinstance(tree, ast.Dict):
        return {key.value: node(value) for key, value in zip(tree.keys, tree.values)}
    if isinstance(tree, (ast.List, ast.Tuple)):
        return [node(element) for element in tree.elts]
    return ast.literal_eval(tree)


def parsed(text):
    """From Python's spelling, or from JSON's."""
    if not isinstance(text, str):
        return text
    try:
        return node(ast.parse(text.strip(), mode="eval"))
    except ValueError:
        return json.loads(text)


def items(said):
    """The lines that were printed, without repetitions, and the JSON objects among them."""
    decoder, rest, last = json.JSONDecoder(), said, None
    while rest:
        if rest.startswith("{\n"):
            item, end = decoder.raw_decode(rest)
            rest = rest[end:]
        else:
            item, _, rest = rest.partition("\n")
        if item != last and item != "":
            yield item
        last = item


class Comparison:
    """Of one document: an id of it stands for the same id of ours from its first to its last sample."""

    def __init__(self):
        self.ours, self.theirs = {}, {}

    def compare(self, shown, got):
        self._value("", parsed(shown), parsed(got))

    def _value(self, path, shown, got):
        if isinstance(shown, Node):
            self._same(path, shown.name, getattr(got, "name", got))
            self._members(path, shown.members, got.members)
        elif isinstance(shown, dict):
            self._same(path, "object", "object" if isinstance(got, dict) else got)
            self._members(path, shown, got)
        elif isinstance(shown, list):
            self._same(path + " (length)", len(shown), len(got) if isinstance(got, list) else got)
            for index, (one, other) in enumerate(zip(shown, got)):
                self._value(f"{path}[{index}]", one, other)
        elif isinstance(shown, str) and isinstance(got, str):
            self._text(path, shown, got)
        else:
            self._same(path, shown, got)

    def _members(self, path, shown, got):
        kind = shown.get("object")
        decided = DECIDED if kind == "thread.message" else set()
        for name in shown.keys() - decided:
            where = f"{path}.{name}"
            if name not in got:
                raise AssertionError(f"{where} is missing: {got}")
            if TIME.match(name) and shown[name] is not None:
                self._same(where, "a time", "a time" if isinstance(got[name], int) else got[name])
            else:
                self._value(where, shown[name], got[name])
        unknown = got.keys() - shown.keys() - decided - LATER.get(kind, set())
        if unknown:
            raise AssertionError(f"{path} has more than the document shows: {sorted(unknown)} in {got}")

    def _text(self, path, shown, got):
        theirs, own = ID.findall(shown), ID.findall(got)
        self._same(path, ID.sub(r"\1", shown), ID.sub(r"\1", got))
        self._same(path, theirs, own)
        for one, other in zip(ID.finditer(shown), ID.finditer(got)):
            self._same(path, self.ours.setdefault(one[0], other[0]), other[0])
            self._same(path, self.theirs.setdefault(other[0], one[0]), one[0])

    @staticmethod
    def _same(path, shown, got):
        if shown != got:
            raise AssertionError(f"{path}: the document shows {shown!r}, and it is {got!r}")
