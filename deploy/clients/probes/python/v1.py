"""What the older wire has beyond what tutorials taught; streams as far as the SDK knows them."""

from openai import BadRequestError, NotFoundError
from openai.resources.beta.threads.runs.runs import Runs

from scene import calling, function, outputs, polled, refused, same, simulate, text

MODEL = "gpt-4-turbo"


def assistant(client, **given):
    return client.beta.assistants.create(model=MODEL, instructions="Be brief.", **given)


def thread_saying(client, words):
    return client.beta.threads.create(messages=[{"role": "user", "content": words}])


def message_of(error):
    """The first SDKs do not keep it."""
    return error.response.json()["error"]["message"]


def a_newer_model_is_refused(client):
    error = refused(BadRequestError, lambda: client.beta.assistants.create(model="gpt-4o"))
    same(
        message_of(error),
        "The requested model 'gpt-4o' cannot be used with the Assistants API in v1. Follow the migration guide to"
        " upgrade to v2: https://platform.openai.com/docs/assistants/migration.",
    )


def a_file_that_is_not_there_cannot_be_given(client):
    error = refused(NotFoundError, lambda: assistant(client, file_ids=["file-0000000000000000000000"]))
    same(message_of(error), "No file found with id 'file-0000000000000000000000'.")


def the_files_of_an_assistant_are_read_page_by_page(client):
    ids = [client.files.create(file=(f"{n}.txt", b"x"), purpose="assistants").id for n in range(3)]
    holder = assistant(client, file_ids=ids)
    listed = client.beta.assistants.files.list(assistant_id=holder.id, limit=1)
    same([file.id for file in listed], ids[::-1])
    same([file.id for file in client.beta.assistants.files.list(assistant_id=holder.id, order="asc")], ids)


def metadata_need_not_be_text(client):
    thread = client.beta.threads.create(metadata={"vip": True, "visits": 3})
    same(client.beta.threads.retrieve(thread.id).metadata, {"vip": "True", "visits": "3"})


def functions_are_called_and_answered(client):
    helper = assistant(client, tools=[function("get_weather", "city")])
    thread = thread_saying(client, calling(("get_weather", {"city": "Paris"}), then="Sunny."))
    run = polled(client, client.beta.threads.runs.create(thread_id=thread.id, assistant_id=helper.id))
    same(run.status, "requires_action")
    run = client.beta.threads.runs.submit_tool_outputs(run.id, thread_id=thread.id, tool_outputs=outputs(run))
    same(polled(client, run).status, "completed")
    steps = client.beta.threads.runs.steps.list(run.id, thread_id=thread.id, order="asc").data
    same([step.type for step in steps], ["tool_calls", "message_creation"])
    same(steps[0].step_details.tool_calls[0].function.output, "sunny")
    same(text(client.beta.threads.messages.list(thread_id=thread.id).data[0]), "Sunny.")


def an_answer_is_streamed(client):
    helper = assistant(client, tools=[{"type": "retrieval"}])
    thread = thread_saying(client, simulate(say="One two three."))
    with client.beta.threads.runs.create_and_stream(thread_id=thread.id, assistant_id=helper.id) as stream:
        same("".join(stream.text_deltas), "One two three.")
        final = stream.get_final_run()
    same((final.status, [tool.type for tool in final.tools], final.file_ids), ("completed", ["retrieval"], []))
    (message,) = stream.get_final_messages()
    same((text(message), message.status, message.file_ids), ("One two three.", "completed", []))


CHECKS = [
    a_newer_model_is_refused,
    a_file_that_is_not_there_cannot_be_given,
    the_files_of_an_assistant_are_read_page_by_page,
    metadata_need_not_be_text,
    functions_are_called_and_answered,
]
# Streams came with 1.14.
if hasattr(Runs, "create_and_stream"):
    CHECKS.append(an_answer_is_streamed)
