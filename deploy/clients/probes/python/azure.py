"""The official Python SDK's client for Azure against a running Threadwell: one line per check.

The checks are those of probe.py, but for the refusals that Azure's gateway words in its own way.
Reads OPENAI_BASE_URL and OPENAI_API_KEY; the endpoint is the base URL without its /v1.
"""

import argparse
import os
import sys
import uuid

from openai import AuthenticationError, AzureOpenAI, NotFoundError, OpenAI

import refusals
from probe import MODULES, passes
from scene import assistant, holds, refused, same

VERSION = "2024-05-01-preview"
WORDED_BY_THE_GATEWAY = {
    refusals.a_wrong_key_is_refused,
    refusals.the_beta_header_is_required,
    refusals.an_unknown_path_is_not_found,
}


def a_wrong_key_is_refused_by_azures_gateway(client):
    stranger = client.copy(api_key="nobody-has-this-key")
    error = refused(AuthenticationError, lambda: stranger.beta.assistants.list())
    same((error.status_code, error.body["code"]), (401, "401"))
    holds(error.body["message"].startswith("Access denied due to invalid subscription key"), error.body)


def an_unknown_path_is_not_found_by_azures_gateway(client):
    error = refused(NotFoundError, lambda: client.post("/foo", cast_to=object))
    same(error.body, {"code": "404", "message": "Resource not found"})


def what_azures_client_made_is_there_in_openais_spelling(client):
    made = assistant(client)
    same(OpenAI(max_retries=0).beta.assistants.retrieve(made.id), made)


def a_repeat_under_an_idempotency_key_is_done_once(client):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first = client.beta.threads.create(extra_headers=key)
    again = client.beta.threads.with_raw_response.create(extra_headers=key)
    same(again.parse().id, first.id)
    same(again.headers["Idempotency-Replayed"], "true")


CHECKS = [
    a_wrong_key_is_refused_by_azures_gateway,
    an_unknown_path_is_not_found_by_azures_gateway,
    what_azures_client_made_is_there_in_openais_spelling,
    a_repeat_under_an_idempotency_key_is_done_once,
]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("only", nargs="*", help="names of checks; all of them without")
    every = {c.__name__: c for m in MODULES for c in m.CHECKS if c not in WORDED_BY_THE_GATEWAY}
    every |= {c.__name__: c for c in CHECKS}
    chosen = {name: every[name] for name in arguments.parse_args().only} or every
    client = AzureOpenAI(
        azure_endpoint=os.environ["OPENAI_BASE_URL"].removesuffix("/v1"),
        api_key=os.environ["OPENAI_API_KEY"],
        api_version=VERSION,
        timeout=60,
        max_retries=0,
    )
    for name in chosen:
        print(f"check {name}", flush=True)
    return sum(not passes(name, check, client) for name, check in chosen.items()) and 1


if __name__ == "__main__":
    sys.exit(main())
