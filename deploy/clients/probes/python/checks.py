"""Runs checks against a running Threadwell: one line per check.

Reads OPENAI_BASE_URL and OPENAI_API_KEY, as the SDK does. `--strict` has the SDK validate every answer.
"""

import argparse
import traceback

from openai import OpenAI


def openai(strict):
    return OpenAI(_strict_response_validation=strict, timeout=60, max_retries=0)


def run(modules, new_client=openai, without=frozenset()) -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--strict", action="store_true")
    arguments.add_argument("only", nargs="*", help="names of checks; all of them without")
    given = arguments.parse_args()

    every = {c.__name__: c for m in modules for c in m.CHECKS if c not in without}
    chosen = {name: every[name] for name in given.only} or every
    client = new_client(given.strict)

    for name in chosen:
        print(f"check {name}", flush=True)
    return sum(not passes(name, check, client) for name, check in chosen.items()) and 1


def passes(name, check, client) -> bool:
    try:
        check(client)
    except Exception as failure:
        frame = traceback.extract_tb(failure.__traceback__)[1]
        reason = " ".join(f"{type(failure).__name__}: {failure}".split())
        print(f"not ok {name}: {reason} ({frame.name}, `{frame.line}`)", flush=True)
        traceback.print_exc()
        return False
    print(f"ok {name}", flush=True)
    return True
