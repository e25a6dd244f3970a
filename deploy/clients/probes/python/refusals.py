"""What the server refuses, in the exact words that clients match."""

import re

from openai import NOT_GIVEN, AuthenticationError, BadRequestError, NotFoundError, OpenAI

from scene import TIME, WEATHER, WORDS, assistant, holds, message_of, outputs, refused, same, simulate
from scene import thread_saying, waiting_for_outputs

UNKNOWN = "abcdefghijklmnopqrstuvwx"


def completed(client):
    helper, thread = assistant(client), thread_saying(client, simulate(say=WORDS))
    return client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=helper.id)


def invalid(error, code=None, param=None):
    same((error.type, error.code, error.param), ("invalid_request_error", code, param))


def a_message_during_a_run_is_refused(client):
    run = waiting_for_outputs(client, WEATHER)
    error = refused(
        BadRequestError,
        lambda: client.beta.threads.messages.create(thread_id=run.thread_id, role="user", content="And?"),
    )
    same(message_of(error), f"Can't add messages to {run.thread_id} while a run {run.id} is active.")
    found = re.search(r"(thread_[a-zA-Z0-9]+) while a run (run_[a-zA-Z0-9]+) is active", str(error))
    same(found.groups(), (run.thread_id, run.id))
    invalid(error)


def a_second_run_is_refused(client):
    run = waiting_for_outputs(client, WEATHER)
    error = refused(
        BadRequestError,
        lambda: client.beta.threads.runs.create(thread_id=run.thread_id, assistant_id=run.assistant_id),
    )
    same(message_of(error), f"Thread {run.thread_id} already has an active run {run.id}.")
    found = re.search(r"(thread_[a-zA-Z0-9]+) already has an active run (run_[a-zA-Z0-9]+)\.", str(error))
    same(found.groups(), (run.thread_id, run.id))
    invalid(error)


def a_waiting_run_is_not_marked(client):
    run = waiting_for_outputs(client, WEATHER)
    again = client.beta.threads.runs.retrieve(run.id, thread_id=run.thread_id)
    same(again.status, "requires_action")
    error = refused(
        BadRequestError,
        lambda: client.beta.threads.runs.update(run.id, thread_id=run.thread_id, metadata={"seen": "yes"}),
    )
    same(message_of(error), "Cannot update run with status 'requires_action'.")


def missing_tool_outputs_are_named(client):
    run = waiting_for_outputs(client, WEATHER, TIME)
    first, second = [o["tool_call_id"] for o in outputs(run)]
    error = refused(
        BadRequestError,
        lambda: client.beta.threads.runs.submit_tool_outputs(
            run.id, thread_id=run.thread_id, tool_outputs=outputs(run)[:1]
        ),
    )
    same(message_of(error), f"Expected tool outputs for call_ids ['{first}', '{second}'], got ['{first}']")
    same(client.beta.threads.runs.retrieve(run.id, thread_id=run.thread_id).status, "requires_action")


def a_finished_run_takes_no_outputs(client):
    run = completed(client)
    said = [{"tool_call_id": f"call_{UNKNOWN}", "output": "late"}]
    error = refused(
        BadRequestError,
        lambda: client.beta.threads.runs.submit_tool_outputs(run.id, thread_id=run.thread_id, tool_outputs=said),
    )
    same(message_of(error), 'Runs in status "completed" do not accept tool outputs.')


def a_finished_run_is_not_cancelled(client):
    run = completed(client)
    error = refused(BadRequestError, lambda: client.beta.threads.runs.cancel(run.id, thread_id=run.thread_id))
    same(message_of(error), "Cannot cancel run with status 'completed'.")
    invalid(error)


def unknown_ids_are_not_found(client):
    run, beta = completed(client), client.beta
    thread_id, step = run.thread_id, f"step_{UNKNOWN}"
    calls = {
        f"No assistant found with id 'asst_{UNKNOWN}'.": lambda: beta.assistants.retrieve(f"asst_{UNKNOWN}"),
        f"No thread found with id 'thread_{UNKNOWN}'.": lambda: beta.threads.retrieve(f"thread_{UNKNOWN}"),
        f"No message found with id 'msg_{UNKNOWN}'.": lambda: beta.threads.messages.retrieve(
            f"msg_{UNKNOWN}", thread_id=thread_id
        ),
        f"No run found with id 'run_{UNKNOWN}'.": lambda: beta.threads.runs.retrieve(
            f"run_{UNKNOWN}", thread_id=thread_id
        ),
        f"No run step found with id '{step}'.": lambda: beta.threads.runs.steps.retrieve(
            step, thread_id=thread_id, run_id=run.id
        ),
    }
    for expected, call in calls.items():
        error = refused(NotFoundError, call)
        same(message_of(error), expected)
        invalid(error)
        holds(error.request_id.startswith("req_"), f"x-request-id of the error is {error.request_id!r}")


def a_run_of_an_unknown_assistant_is_not_found(client):
    thread = thread_saying(client, "Hello")
    error = refused(
        NotFoundError,
        lambda: client.beta.threads.runs.create(thread_id=thread.id, assistant_id=f"asst_{UNKNOWN}"),
    )
    same(message_of(error), f"No assistant found with id 'asst_{UNKNOWN}'.")


def an_id_of_another_kind_is_refused(client):
    error = refused(BadRequestError, lambda: client.beta.threads.retrieve("undefined"))
    same(message_of(error), "Invalid 'thread_id': 'undefined'. Expected an ID that begins with 'thread'.")
    invalid(error, code="invalid_value", param="thread_id")


def a_run_without_an_assistant_is_refused(client):
    thread = thread_saying(client, "Hello")
    error = refused(
        BadRequestError,
        lambda: client.beta.threads.runs.create(thread_id=thread.id, assistant_id=NOT_GIVEN),
    )
    same(message_of(error), "Missing required parameter: 'assistant_id'.")
    invalid(error, code="missing_required_parameter", param="assistant_id")


def an_unknown_parameter_is_refused(client):
    error = refused(BadRequestError, lambda: client.beta.threads.create(extra_body={"colour": "red"}))
    same(message_of(error), "Unknown parameter: 'colour'.")
    invalid(error, code="unknown_parameter", param="colour")


def a_page_of_more_than_a_hundred_is_refused(client):
    error = refused(BadRequestError, lambda: client.beta.assistants.list(limit=101))
    same(
        message_of(error),
        "Invalid 'limit': integer above maximum value. Expected a value <= 100, but got 101 instead.",
    )
    invalid(error, code="integer_above_max_value", param="limit")


def a_wrong_key_is_refused(client):
    stranger = OpenAI(base_url=client.base_url, api_key="sk-nobody-has-this-key-0123456789", max_retries=0)
    error = refused(AuthenticationError, lambda: stranger.beta.assistants.list())
    holds(message_of(error).startswith("Incorrect API key provided: sk-"), message_of(error))
    holds("nobody-has-this-key" not in message_of(error), "the error shows the key")
    same((error.status_code, error.code), (401, "invalid_api_key"))


def the_beta_header_is_required(client):
    error = refused(BadRequestError, lambda: client.get("/assistants", cast_to=object))
    same(
        message_of(error),
        "You must provide the 'OpenAI-Beta' header to access the Assistants API. "
        "Please try again by setting the header 'OpenAI-Beta: assistants=v2'.",
    )
    invalid(error, code="invalid_beta")


def an_unknown_path_is_not_found(client):
    error = refused(NotFoundError, lambda: client.post("/foo", cast_to=object))
    same(message_of(error), "Invalid URL (POST /v1/foo)")


CHECKS = [
    a_message_during_a_run_is_refused,
    a_second_run_is_refused,
    a_waiting_run_is_not_marked,
    missing_tool_outputs_are_named,
    a_finished_run_takes_no_outputs,
    a_finished_run_is_not_cancelled,
    unknown_ids_are_not_found,
    a_run_of_an_unknown_assistant_is_not_found,
    an_id_of_another_kind_is_refused,
    a_run_without_an_assistant_is_refused,
    an_unknown_parameter_is_refused,
    a_page_of_more_than_a_hundred_is_refused,
    a_wrong_key_is_refused,
    the_beta_header_is_required,
    an_unknown_path_is_not_found,
]
