"""The official Python SDK's client for Azure against a running Threadwell; see checks.py for how it is run.

The checks are those of probe.py, but for the refusals that Azure's gateway words in its own way.
Reads OPENAI_BASE_URL and OPENAI_API_KEY; the endpoint is the base URL without its /v1.
"""

import os
import sys
import uuid

from openai import AuthenticationError, AzureOpenAI, NotFoundError, OpenAI

import checks
import refusals
from probe import MODULES
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


def azure(strict):
    return AzureOpenAI(
        azure_endpoint=os.environ["OPENAI_BASE_URL"].removesuffix("/v1"),
        api_key=os.environ["OPENAI_API_KEY"],
        api_version=VERSION,
        timeout=60,
        max_retries=0,
        _strict_response_validation=strict,
    )


if __name__ == "__main__":
    sys.exit(checks.run((*MODULES, sys.modules[__name__]), azure, WORDED_BY_THE_GATEWAY))
