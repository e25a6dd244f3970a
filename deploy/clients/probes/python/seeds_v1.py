"""What tutorials taught in the first months of the API, whose wire is v1: files by `file_ids`, and `retrieval`.

Run by the SDKs up to 1.20.0, which send `OpenAI-Beta: assistants=v1`.
"""

import seeds
from scene import polled, same, simulate, text

COURSE = "The course is for programmers. It begins in March."


def uploaded(client, name="course.txt", content=COURSE):
    file = client.files.create(file=(name, content.encode()), purpose="assistants")
    same((file.object, file.filename, file.purpose, file.bytes), ("file", name, "assistants", len(content.encode())))
    return file


def an_assistant_knows_a_file(client):
    """`retrieval` and `file_ids` at creation, as the tutorials have it, and the calls that manage the files."""
    file = uploaded(client)
    reader = client.beta.assistants.create(
        instructions="Answer from the files.",
        model="gpt-4-turbo-preview",
        tools=[{"type": "retrieval"}],
        file_ids=[file.id],
    )
    same(([t.type for t in reader.tools], reader.file_ids), (["retrieval"], [file.id]))
    same([f.id for f in client.beta.assistants.files.list(assistant_id=reader.id)], [file.id])

    other = uploaded(client, "other.txt")
    added = client.beta.assistants.files.create(assistant_id=reader.id, file_id=other.id)
    same((added.id, added.object, added.assistant_id), (other.id, "assistant.file", reader.id))
    same(sorted(client.beta.assistants.retrieve(reader.id).file_ids), sorted([file.id, other.id]))
    gone = client.beta.assistants.files.delete(assistant_id=reader.id, file_id=other.id)
    same((gone.id, gone.object, gone.deleted), (other.id, "assistant.file.deleted", True))
    same(client.beta.assistants.retrieve(reader.id).file_ids, [file.id])
    same(client.files.retrieve(other.id).id, other.id)

    thread = client.beta.threads.create()
    client.beta.threads.messages.create(thread_id=thread.id, role="user", content=simulate(say="Programmers."))
    run = client.beta.threads.runs.create(assistant_id=reader.id, thread_id=thread.id)
    same((run.status, [t.type for t in run.tools], run.file_ids), ("queued", ["retrieval"], [file.id]))
    same(polled(client, run).status, "completed")
    same(text(client.beta.threads.messages.list(thread_id=thread.id).data[0]), "Programmers.")


def a_document_is_asked(client):
    """`retrieval` over a file of the assistant; its step tells that it was called and nothing else."""
    file = uploaded(client, "agiclass_intro.txt", seeds.COURSE)
    reader = client.beta.assistants.create(
        instructions="你是个问答机器人，你根据给定的知识回答用户问题。",
        model="gpt-4-turbo-preview",
        tools=[{"type": "retrieval"}],
        file_ids=[file.id],
    )
    thread = client.beta.threads.create()
    seeds.asked(client, thread, seeds.WHO)
    run = client.beta.threads.runs.create(assistant_id=reader.id, thread_id=thread.id)
    (call,) = seeds.cited(client, run, thread, file).step_details.tool_calls
    same((call.type, call.retrieval), ("retrieval", {}))
    said = client.beta.threads.messages.list(thread_id=thread.id).data[0].content[0].text
    same(said.annotations[0].file_citation.quote, "")


def a_table_is_drawn(client):
    """A CSV file comes with the first message of a thread, three charts come back."""
    table = uploaded(client, "covid_worldwide.csv", seeds.TABLE)
    visualizer = client.beta.assistants.create(
        name="Data visualizer", model="gpt-3.5-turbo-1106", tools=[{"type": "code_interpreter"}]
    )
    thread = client.beta.threads.create(
        messages=[{"role": "user", "content": seeds.DRAW, "file_ids": [table.id]}]
    )
    seeds.drawn_three_times(client, thread, visualizer)


def a_message_brings_a_file(client):
    """`file_ids` of a message, in a new thread and alone."""
    table = uploaded(client, "trend.csv", "year,value\n2020,1\n")
    analyst = client.beta.assistants.create(
        name="Data visualizer", model="gpt-3.5-turbo-1106", tools=[{"type": "code_interpreter"}]
    )
    same(analyst.file_ids, [])
    wish = simulate(say="Here they are.")
    thread = client.beta.threads.create(messages=[{"role": "user", "content": wish, "file_ids": [table.id]}])
    (first,) = client.beta.threads.messages.list(thread_id=thread.id).data
    same(first.file_ids, [table.id])
    (held,) = client.beta.threads.messages.files.list(thread_id=thread.id, message_id=first.id).data
    same((held.id, held.object, held.message_id), (table.id, "thread.message.file", first.id))
    second = client.beta.threads.messages.create(
        thread_id=thread.id, role="user", content="Another.", file_ids=[table.id]
    )
    same(client.beta.threads.messages.retrieve(second.id, thread_id=thread.id).file_ids, [table.id])


def a_run_brings_its_own_model_instructions_and_tools(client):
    """Overrides at the creation of a run."""
    helper = client.beta.assistants.create(model="gpt-4-1106-preview", instructions="Be brief.")
    thread = client.beta.threads.create()
    client.beta.threads.messages.create(thread_id=thread.id, role="user", content="Hello")
    run = client.beta.threads.runs.create(
        thread_id=thread.id,
        assistant_id=helper.id,
        model="gpt-3.5-turbo-1106",
        instructions="additional instructions",
        tools=[{"type": "code_interpreter"}, {"type": "retrieval"}],
    )
    same((run.model, run.instructions), ("gpt-3.5-turbo-1106", "additional instructions"))
    same([t.type for t in run.tools], ["code_interpreter", "retrieval"])
    same(polled(client, run).status, "completed")


# The others of those months need nothing that v2 would have another name for.
CHECKS = [
    seeds.a_math_tutor_is_asked_twice,
    seeds.a_database_is_asked_by_a_function,
    seeds.six_hats_discuss_in_turn,
    seeds.a_square_root_is_computed_by_code,
    an_assistant_knows_a_file,
    a_document_is_asked,
    a_table_is_drawn,
    a_message_brings_a_file,
    a_run_brings_its_own_model_instructions_and_tools,
]
