"""The tests that the official Python SDK's makers generated, from its source distribution, against a running Threadwell.

Reads OPENAI_BASE_URL and OPENAI_API_KEY; the argument is the unpacked source distribution. One line per test.
"""

import os
import sys
import threading
from pathlib import Path

import pytest

from proxy import Proxy

OURS = [
    "beta/test_assistants.py",
    "beta/test_threads.py",
    "beta/threads",
    "beta/vector_stores",
    "beta/test_vector_stores.py",
    "test_vector_stores.py",
    "vector_stores",
    "test_files.py",
    "test_uploads.py",
    "uploads",
    "test_models.py",
]


class Lines:
    """Says of every test how it ended, as the probes do."""

    def __init__(self, only):
        self.only = only

    def pytest_collection_modifyitems(self, config, items):
        mine = [one for one in items if reaches_a_server(one) and (not self.only or name(one.nodeid) in self.only)]
        config.hook.pytest_deselected(items=[one for one in items if one not in mine])
        items[:] = mine

    def pytest_collection_finish(self, session):
        for one in session.items:
            print(f"check {name(one.nodeid)}", flush=True)

    def pytest_runtest_logreport(self, report):
        if report.when == "call" and report.passed:
            print(f"ok {name(report.nodeid)}", flush=True)
        elif not report.passed:
            print(f"not ok {name(report.nodeid)}: {reason(report)}", flush=True)
            print(report.longreprtext, file=sys.stderr)


def reaches_a_server(item):
    """Not those that mock the answer, nor those that show that the SDK refuses an empty id by itself."""
    return not any("respx" in fixture for fixture in item.fixturenames) and "path_params" not in item.name


def name(nodeid):
    return nodeid.removeprefix("tests/api_resources/")


def reason(report):
    crash = getattr(report.longrepr, "reprcrash", None)
    return " ".join((crash.message if crash else report.longreprtext or report.outcome).split())


def main():
    source, *only = sys.argv[1:]
    proxy = Proxy(os.environ["OPENAI_BASE_URL"], os.environ["OPENAI_API_KEY"])
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    os.environ["TEST_API_BASE_URL"] = f"http://127.0.0.1:{proxy.server_port}"
    os.chdir(source)
    sys.path.insert(0, source)
    tests = [Path("tests/api_resources", one) for one in OURS]
    options = ["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:logging"]
    return pytest.main([*options, *(str(one) for one in tests if one.exists())], plugins=[Lines(only)])


if __name__ == "__main__":
    sys.exit(main())
