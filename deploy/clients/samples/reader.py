"""What the reader of a document has and does beside its samples."""

import json
import time
import urllib.parse
import urllib.request

import shown

PATIENCE_SECONDS = 180
POLLED = ["status: " + status for status in ("queued", "in_progress", "requires_action", "completed")]


def part(*heard, **direction):
    """What the simulated model does when it hears these texts: see deploy/simulator/README.md."""
    return {"heard": list(heard), "direction": direction}


class Reader:
    """Holds what a sample left (`out`, `said`, `raised`) and compares it with what the document shows."""

    part = staticmethod(part)

    def __init__(self, simulator):
        self.simulator = simulator
        self.ids = {}
        self.comparison = shown.Comparison()
        self.out, self.said, self.raised = None, "", None

    def learn(self, *parts):
        """Gives the simulated model the part of the document's model; without parts it is itself again."""
        body = json.dumps(parts).encode()
        request = urllib.request.Request(f"{self.simulator}/simulator/parts", data=body, method="PUT")
        urllib.request.urlopen(request, timeout=60).close()

    def shown(self, text, of=None):
        """An object, or how it was printed, is what the document shows; without `of` it is the sample's value."""
        self.comparison.compare(text, of if isinstance(of, str) else repr(self.out if of is None else of))

    def printed(self, *expected):
        """The lines that the sample printed: as they are, or JSON; how often it polled is left out."""
        said = [item for item in shown.items(self.said) if item not in POLLED]
        self.same(len(said), len(expected), said)
        for text, item in zip(expected, said):
            self.comparison.compare(text, item) if isinstance(item, dict) else self.same(item, text, said)

    def heard(self, question, words):
        """The simulated model was told these words in the conversation of this question."""
        query = urllib.parse.urlencode({"contains": question})
        with urllib.request.urlopen(f"{self.simulator}/simulator/stats?{query}", timeout=60) as answer:
            requests = json.load(answer)["last_requests"]
        self.holds(any(words in json.dumps(r, ensure_ascii=False) for r in requests), f"the model heard nothing of {words}")

    def ended(self, client, run):
        """Waits as a reader does before the next cell, until the run has ended."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while run.status in ("queued", "in_progress", "cancelling"):
            self.holds(time.monotonic() < deadline, f"the run {run.id} is still {run.status}")
            time.sleep(0.05)
            run = client.beta.threads.runs.retrieve(run_id=run.id, thread_id=run.thread_id)
        return run

    @staticmethod
    def same(actual, expected, context=None):
        if actual != expected:
            seen = f" in {context!r}" if context is not None else ""
            raise AssertionError(f"expected {expected!r}, got {actual!r}{seen}")

    @staticmethod
    def holds(condition, what):
        if not condition:
            raise AssertionError(what)
