"""What tutorials and notebooks taught, call for call: the code that broke when the original went away.

Everything here was written for the original, some of it in the first months of the API; the SDKs from 1.2 on run it.
Only what a model answers differs: the questions tell the simulator what to say.
"""

import json
import sqlite3

from scene import calling, holds, polled, same, simulate, text

QUESTION = "I need to solve the equation `3x + 11 = 14`. Can you help me?"
PREMIUM = "Please address the user as Jane Doe. The user has a premium account."


def asked(client, thread, content):
    return client.beta.threads.messages.create(thread_id=thread.id, role="user", content=content)


def a_math_tutor_is_asked_twice(client):
    """The first steps of the original documentation, with a second question on the same thread."""
    tutor = client.beta.assistants.create(
        name="Math Tutor",
        instructions="You are a personal math tutor. Write and run code to answer math questions.",
        tools=[{"type": "code_interpreter"}],
        model="gpt-3.5-turbo-1106",
    )
    same([tool.type for tool in tutor.tools], ["code_interpreter"])
    thread = client.beta.threads.create()
    message = asked(client, thread, QUESTION)
    same((message.role, message.assistant_id, message.run_id), ("user", None, None))
    same((message.content[0].text.value, message.content[0].text.annotations), (QUESTION, []))

    run = client.beta.threads.runs.create(thread_id=thread.id, assistant_id=tutor.id, instructions=PREMIUM)
    same((run.status, run.instructions, run.expires_at - run.created_at), ("queued", PREMIUM, 600))
    same(polled(client, run).status, "completed")
    answer, question = client.beta.threads.messages.list(thread_id=thread.id)
    same((question.id, answer.role, answer.run_id), (message.id, "assistant", run.id))

    asked(client, thread, "I need to solve the equation `5x + 20 = 30`. Can you help me?")
    again = client.beta.threads.runs.create(thread_id=thread.id, assistant_id=tutor.id)
    same((polled(client, again).status, again.instructions), ("completed", tutor.instructions))
    same([m.role for m in client.beta.threads.messages.list(thread_id=thread.id)], ["assistant", "user"] * 2)


def a_creative_process_takes_five_runs_on_one_thread(client):
    """Each step a message and a run with instructions of its own, polled by the SDK."""
    creative = client.beta.assistants.create(
        name="Creative Assistant", instructions="Help the user from the idea to the product.", model="gpt-4-turbo"
    )
    thread = client.beta.threads.create()
    for step in ("requirement", "concepts", "refinement", "prototype", "evaluation"):
        asked(client, thread, simulate(say=f"About the {step}."))
        run = client.beta.threads.runs.create_and_poll(
            thread_id=thread.id, assistant_id=creative.id, instructions=f"See to the {step}."
        )
        same((run.status, run.instructions), ("completed", f"See to the {step}."))
    newest = client.beta.threads.messages.list(thread_id=thread.id).data[0]
    same(text(newest), "About the evaluation.")


def whose_thread_it_is_stands_in_its_metadata(client):
    """Text of any language comes back as it went in."""
    owner = {"fullname": "王卓然", "username": "taliux"}
    thread = client.beta.threads.create(metadata=owner)
    same(client.beta.threads.retrieve(thread.id).metadata, owner)
    same(client.beta.threads.update(thread.id, metadata={"username": "other"}).metadata, {"username": "other"})
    message = asked(client, thread, "你都能做什么?")
    found = client.beta.threads.messages.retrieve(thread_id=thread.id, message_id=message.id)
    same(found.content[0].text.value, "你都能做什么?")
    marked = client.beta.threads.messages.update(message.id, thread_id=thread.id, metadata={"seen": "yes"})
    same(marked.metadata, {"seen": "yes"})
    same(client.beta.threads.delete(thread.id).deleted, True)


def waited_for(client, run, thread, functions):
    """The loop of many tutorials: poll, show the steps, call what is asked for, submit, and again."""
    calls = []
    while run.status in ("queued", "in_progress"):
        run = client.beta.threads.runs.retrieve(thread_id=thread.id, run_id=run.id)
        if run.status == "completed":
            steps = client.beta.threads.runs.steps.list(thread_id=thread.id, run_id=run.id, order="asc")
            calls = [s.step_details for s in steps.data if s.step_details.type == "tool_calls"]
    if run.status == "requires_action":
        outputs = []
        for call in run.required_action.submit_tool_outputs.tool_calls:
            result = functions[call.function.name](json.loads(call.function.arguments))
            outputs.append({"tool_call_id": call.id, "output": json.dumps(result)})
        run = client.beta.threads.runs.submit_tool_outputs(
            thread_id=thread.id, run_id=run.id, tool_outputs=outputs
        )
        return waited_for(client, run, thread, functions)
    same(run.status, "completed")
    messages = client.beta.threads.messages.list(thread_id=thread.id)
    return messages.data[0].content[0].text.value, calls


def a_database_is_asked_by_a_function(client):
    """The function is called with what the model wrote, and its step shows the output."""
    guide = client.beta.assistants.create(
        instructions="Answer from the course database.",
        model="gpt-4-turbo-preview",
        tools=[
            {
                "type": "function",
                "function": {
                    "name": "ask_database",
                    "description": "Answers a question about the schedule with SQL.",
                    "parameters": {
                        "type": "object",
                        "properties": {"query": {"type": "string", "description": "A query that SQLite runs."}},
                        "required": ["query"],
                    },
                },
            }
        ],
    )
    thread = client.beta.threads.create()
    query = "select instructor, count(*) from Courses group by 1 order by 2 desc"
    asked(client, thread, calling(("ask_database", {"query": query}), then="王卓然 taught 2 and 孙志岗 1."))
    run = client.beta.threads.runs.create(assistant_id=guide.id, thread_id=thread.id)
    database = sqlite3.connect(":memory:")
    database.execute("create table Courses (id int primary key, instructor text)")
    database.executemany("insert into Courses values (?, ?)", [(1, "王卓然"), (2, "孙志岗"), (3, "王卓然")])

    def ask_database(arguments):
        return database.execute(arguments["query"]).fetchall()

    answer, (step,) = waited_for(client, run, thread, {"ask_database": ask_database})
    same(answer, "王卓然 taught 2 and 孙志岗 1.")
    (call,) = step.tool_calls
    same((call.type, call.function.name), ("function", "ask_database"))
    same(json.loads(call.function.output), [["王卓然", 2], ["孙志岗", 1]])


def a_square_root_is_computed_by_code(client):
    """The code that the model wrote, and what it printed, stand in the run's step."""
    solver = client.beta.assistants.create(
        name="Demo Assistant",
        instructions="你是人工智能助手。你可以通过代码回答很多数学问题。",
        tools=[{"type": "code_interpreter"}],
        model="gpt-4-turbo-preview",
    )
    thread = client.beta.threads.create()
    asked(client, thread, "用代码计算 1234567 的平方根")
    run = client.beta.threads.runs.create(assistant_id=solver.id, thread_id=thread.id)
    answer, (step,) = waited_for(client, run, thread, {})
    (call,) = step.tool_calls
    same(call.type, "code_interpreter")
    holds("math.sqrt(1234567)" in call.code_interpreter.input, call.code_interpreter.input)
    (printed,) = call.code_interpreter.outputs
    same((printed.type, printed.logs.strip()), ("logs", "1111.1107055554814"))
    holds("1111.1107055554814" in answer, answer)


TABLE = "country,cases,deaths\nA,100,1\nB,250,4\nC,175,2\nD,300,9\n"
DRAW = "Create 3 data visualizations based on the trends in this file."


def drawn_three_times(client, thread, visualizer):
    """Three images in the step and in front of the text, a table that can be downloaded."""
    run = client.beta.threads.runs.create(thread_id=thread.id, assistant_id=visualizer.id)
    same(polled(client, run).status, "completed")
    steps = client.beta.threads.runs.steps.list(thread_id=thread.id, run_id=run.id, order="asc").data
    (call,) = steps[0].step_details.tool_calls
    images = [o.image.file_id for o in call.code_interpreter.outputs if o.type == "image"]
    same(len(images), 3)
    answer = client.beta.threads.messages.list(thread_id=thread.id).data[0]
    same([part.type for part in answer.content], ["image_file"] * 3 + ["text"])
    same([part.image_file.file_id for part in answer.content[:3]], images)
    for image in images:
        holds(client.files.content(image).read().startswith(b"\x89PNG"), f"{image} is no picture")
    said = answer.content[3].text
    (link,) = said.annotations
    same((link.type, link.text), ("file_path", "sandbox:/mnt/data/summary.csv"))
    same(said.value[link.start_index : link.end_index], link.text)
    holds(b"cases,deaths" in client.files.content(link.file_path.file_id).read(), "the table is another")


def a_table_is_drawn(client):
    """A CSV file comes with a message, three charts come back."""
    table = client.files.create(file=("covid_worldwide.csv", TABLE.encode()), purpose="assistants")
    visualizer = client.beta.assistants.create(
        name="Data visualizer", model="gpt-4o", tools=[{"type": "code_interpreter"}]
    )
    given = {"file_id": table.id, "tools": [{"type": "code_interpreter"}]}
    thread = client.beta.threads.create(messages=[{"role": "user", "content": DRAW, "attachments": [given]}])
    drawn_three_times(client, thread, visualizer)


COURSE = "AGI课堂的课程介绍：课程适合想独立完成AI应用全过程的人，也适合想与技术团队合作的产品经理。"
WHO = "从课程介绍看，AGI课堂适合哪些人"


def cited(client, run, thread, file):
    """The answer quotes the file and says so in an annotation; clients replace the marker by a footnote."""
    same(polled(client, run).status, "completed")
    said = client.beta.threads.messages.list(thread_id=thread.id).data[0].content[0].text
    (citation,) = said.annotations
    same((citation.type, citation.file_citation.file_id), ("file_citation", file.id))
    same(said.value[citation.start_index : citation.end_index], citation.text)
    holds("想独立完成AI应用全过程的人" in said.value.replace(citation.text, "[1]"), said.value)
    return client.beta.threads.runs.steps.list(thread_id=thread.id, run_id=run.id, order="asc").data[0]


def a_document_is_asked(client):
    """Retrieval as v2 has it: a store of the thread, which the run waits for."""
    file = client.files.create(file=("agiclass_intro.txt", COURSE.encode()), purpose="assistants")
    reader = client.beta.assistants.create(
        instructions="你是个问答机器人，你根据给定的知识回答用户问题。", model="gpt-4o", tools=[{"type": "file_search"}]
    )
    given = {"file_id": file.id, "tools": [{"type": "file_search"}]}
    thread = client.beta.threads.create(messages=[{"role": "user", "content": WHO, "attachments": [given]}])
    run = client.beta.threads.runs.create(assistant_id=reader.id, thread_id=thread.id)
    (call,) = cited(client, run, thread, file).step_details.tool_calls
    same(call.type, "file_search")


def six_hats_discuss_in_turn(client):
    """An assistant and a thread for each speaker; what was said so far goes into the next prompt."""
    search = {
        "type": "function",
        "function": {
            "name": "search",
            "description": "Searches the web.",
            "parameters": {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]},
        },
    }
    context = "[begin]"
    for hat in ("blue", "white", "red", "black", "yellow", "green"):
        speaker = client.beta.assistants.create(
            name=f"{hat} hat",
            instructions=f"You wear the {hat} hat.",
            model="gpt-4-1106-preview",
            tools=[search] if hat == "white" else [],
        )
        wish = calling(("search", {"query": "course"}), then="white") if hat == "white" else simulate(say=hat)
        thread = client.beta.threads.create()
        asked(client, thread, wish)
        run = client.beta.threads.runs.create(assistant_id=speaker.id, thread_id=thread.id)
        said, _ = waited_for(client, run, thread, {"search": lambda arguments: "title: a course"})
        context += f" {hat}: {said}"
    holds("white: white red: red" in context, context)


def assistants_are_looked_up_changed_and_deleted(client):
    """Management as the tutorials show it; a limit may come as text."""
    writer = client.beta.assistants.create(
        model="gpt-4o-mini-2024-07-18", name="Good writer", instructions="You are an expert in literature."
    )
    newest = client.beta.assistants.list(order="desc", limit="20")
    holds(writer.id in [a.id for a in newest.data], "the new assistant is not among the newest")
    rapper = client.beta.assistants.update(
        writer.id, instructions="You're a famous rapper", name="Rapper", model="gpt-4o"
    )
    same((rapper.name, rapper.model, rapper.description), ("Rapper", "gpt-4o", None))
    same(client.beta.assistants.retrieve(writer.id).instructions, "You're a famous rapper")
    gone = client.beta.assistants.delete(writer.id)
    same((gone.id, gone.deleted), (writer.id, True))


def all_messages_are_read_page_by_page_until_one_is_empty(client):
    """The loop that asks once more behind the last message, and gets an empty page."""
    writer = client.beta.assistants.create(
        model="gpt-4o-mini", name="Good writer", instructions="You write essays."
    )
    thread = client.beta.threads.create()
    for title in ("a feast", "a journey"):
        asked(client, thread, simulate(say=f"An essay on {title}."))
        run = client.beta.threads.runs.create(thread_id=thread.id, assistant_id=writer.id)
        while run.status != "completed":
            run = client.beta.threads.runs.retrieve(thread_id=thread.id, run_id=run.id)
    everything, after = [], None
    while True:
        page = client.beta.threads.messages.list(thread.id, limit=100, **({"after": after} if after else {}))
        if not page.data:
            break
        everything.extend(page.data)
        after = page.data[-1].id
    same([text(m) for m in everything][0::2], ["An essay on a journey.", "An essay on a feast."])


CHECKS = [
    a_math_tutor_is_asked_twice,
    a_creative_process_takes_five_runs_on_one_thread,
    whose_thread_it_is_stands_in_its_metadata,
    a_database_is_asked_by_a_function,
    a_square_root_is_computed_by_code,
    a_table_is_drawn,
    a_document_is_asked,
    six_hats_discuss_in_turn,
    assistants_are_looked_up_changed_and_deleted,
    all_messages_are_read_page_by_page_until_one_is_empty,
]
