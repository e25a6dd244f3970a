"""The README of a repository of 2024 about threads: tools for pictures and for text, which no API had."""

# document: README of openai-Thread-quickstart (2024)

import re

import files
import httpx
import openai

paths = []


def OpenAI():
    """The SDK's client, and a note of what it asked for: the samples keep no ids."""
    note = {"request": [lambda request: paths.append(request.url.path)]}
    return openai.OpenAI(http_client=httpx.Client(event_hooks=note, timeout=60))


def tool_calls():
    """The calls of the last run, in their order."""
    path = next(path for path in reversed(paths) if re.search(r"/runs/[^/]+$", path))
    thread, run = re.search(r"/threads/([^/]+)/runs/([^/]+)$", path).groups()
    steps = openai.OpenAI().beta.threads.runs.steps.list(run, thread_id=thread, order="asc", limit=100).data
    details = [step.to_dict()["step_details"] for step in steps if step.type == "tool_calls"]
    return [call for one in details for call in one["tool_calls"]]


def tools_of_the_newest_assistant():
    return openai.OpenAI().beta.assistants.list(limit=1).data[0].to_dict()["tools"]


def printed_parts(said):
    """The parts of each printed message: their types, and the ids of pictures."""
    for line in said.splitlines():
        yield re.findall(r"type='(image_file|image_url|text)'", line), re.findall(r"file_id='([^']+)'", line)


def a_picture_is_drawn(said):
    """The newest message has a picture in front of its text; what the picture is of."""
    (types, (picture,)), *_ = printed_parts(said)
    reader.same(types, ["image_file", "text"])
    return files.description(openai.OpenAI().files.content(picture).read())


TOOLS = [{"type": "image_to_text"}, {"type": "text_to_image"}]
QUESTION = "Here is an image. Can you describe what's in it and create a new image based on the description?"


def describing_and_drawing(prompt):
    """The document's model does what it was asked for; nothing of it is shown."""
    drawn = {"calls": [{"name": "text_to_image", "arguments": {"prompt": prompt}}], "then": {"say": "Here it is."}}
    reading = [{"name": "image_to_text", "arguments": {"question": "What is in the image?"}}]
    reader.learn(reader.part("create a new image based on the description", calls=reading, then=drawn))


WORDS = "A new image, from the words alone"
SCENE = "A red boat on a quiet lake"
files.picture("boat.png", SCENE)
picture = openai.OpenAI().files.create(file=open("boat.png", "rb"), purpose="vision")
describing_and_drawing(WORDS)

# %% 1 A picture is described and drawn anew
# changed: the function is called, which the document only defines
# also: there is no picture, so the model is told that, and draws from the words; the picture stands in front of its answer
def askGPT3WithThread():
    client = OpenAI()

    assistant = client.beta.assistants.create(
        name="Image Description and Creator",
        instructions="Extract text from an image and generate a new image based on the text description.",
        tools=[{"type": "image_to_text"}, {"type": "text_to_image"}],
        model="gpt-4-turbo",
    )

    thread = client.beta.threads.create()

    message = client.beta.threads.messages.create(
        thread_id=thread.id,
        role="user",
        content="Here is an image. Can you describe what's in it and create a new image based on the description?"
    )

    run = client.beta.threads.runs.create_and_poll(
        thread_id=thread.id,
        assistant_id=assistant.id,
        instructions="Please extract text from the uploaded image and use the description to generate a new image."
    )

    if run.status == 'completed':
        messages = client.beta.threads.messages.list(
            thread_id=thread.id
        )
        for message in messages.data:
            print(message.content)
    else:
        print(run.status)


askGPT3WithThread()

# %% shown
reader.same(tools_of_the_newest_assistant(), TOOLS)
reader.same([call["type"] for call in tool_calls()], ["image_to_text", "text_to_image"])
reader.heard(QUESTION, "There is no picture in this conversation.")
reader.same(a_picture_is_drawn(reader.said), WORDS)
reader.holds(QUESTION in reader.said.splitlines()[-1], reader.said)


# %% 2 The same, a second time
# changed: the function is called, which the document only defines
# also: there is no picture, so the model is told that, and draws from the words; the picture stands in front of its answer
def askGPT3WithThread():
    client = OpenAI()

    assistant = client.beta.assistants.create(
        name="Image Description and Creator",
        instructions="Extract text from an image and generate a new image based on the text description.",
        tools=[{"type": "image_to_text"}, {"type": "text_to_image"}],
        model="gpt-4-turbo",
    )

    thread = client.beta.threads.create()

    message = client.beta.threads.messages.create(
        thread_id=thread.id,
        role="user",
        content="Here is an image. Can you describe what's in it and create a new image based on the description?"
    )

    run = client.beta.threads.runs.create_and_poll(
        thread_id=thread.id,
        assistant_id=assistant.id,
        instructions="Please extract text from the uploaded image and use the description to generate a new image."
    )

    if run.status == 'completed':
        messages = client.beta.threads.messages.list(
            thread_id=thread.id
        )
        for message in messages.data:
            print(message.content)
    else:
        print(run.status)


askGPT3WithThread()

# %% shown
reader.same(tools_of_the_newest_assistant(), TOOLS)
reader.same([call["type"] for call in tool_calls()], ["image_to_text", "text_to_image"])
reader.heard(QUESTION, "There is no picture in this conversation.")
reader.same(a_picture_is_drawn(reader.said), WORDS)
reader.holds(QUESTION in reader.said.splitlines()[-1], reader.said)


# %% meanwhile
describing_and_drawing(SCENE)

# %% 2a The same with a picture attached
# changed: the function is called, which the document only defines; the message has a picture, of which the document speaks
# also: the picture is read, and drawn anew from its description
def askGPT3WithThread():
    client = OpenAI()

    assistant = client.beta.assistants.create(
        name="Image Description and Creator",
        instructions="Extract text from an image and generate a new image based on the text description.",
        tools=[{"type": "image_to_text"}, {"type": "text_to_image"}],
        model="gpt-4-turbo",
    )

    thread = client.beta.threads.create()

    message = client.beta.threads.messages.create(
        thread_id=thread.id,
        role="user",
        content=[
            {"type": "text", "text": "Here is an image. Can you describe what's in it and create a new image based on the description?"},
            {"type": "image_file", "image_file": {"file_id": picture.id}},
        ],
    )

    run = client.beta.threads.runs.create_and_poll(
        thread_id=thread.id,
        assistant_id=assistant.id,
        instructions="Please extract text from the uploaded image and use the description to generate a new image."
    )

    if run.status == 'completed':
        messages = client.beta.threads.messages.list(
            thread_id=thread.id
        )
        for message in messages.data:
            print(message.content)
    else:
        print(run.status)


askGPT3WithThread()

# %% shown
reader.same([call["type"] for call in tool_calls()], ["image_to_text", "text_to_image"])
reader.holds(SCENE in str(tool_calls()[0]), tool_calls()[0])
reader.same(a_picture_is_drawn(reader.said), SCENE)


# %% 3 Five steps from an idea to a product
# changed: the function is called, which the document only defines
# also: the tool is shown back and needs nothing; five questions, five answers
def creativeProcessWithThread():
    client = OpenAI()

    assistant = client.beta.assistants.create(
        name="Creative Assistant",
        instructions="Help the user through a creative process from initial idea to final product.",
        tools=[{"type": "text_generation"}],
        model="gpt-4-turbo",
    )

    thread = client.beta.threads.create()

    message1 = client.beta.threads.messages.create(
        thread_id=thread.id,
        role="user",
        content="I want to create a new type of eco-friendly packaging."
    )

    run1 = client.beta.threads.runs.create_and_poll(
        thread_id=thread.id,
        assistant_id=assistant.id,
        instructions="Understand and confirm the user's requirement."
    )

    message2 = client.beta.threads.messages.create(
        thread_id=thread.id,
        role="user",
        content="Can you suggest some initial concepts for this packaging?"
    )

    run2 = client.beta.threads.runs.create_and_poll(
        thread_id=thread.id,
        assistant_id=assistant.id,
        instructions="Generate initial concepts for eco-friendly packaging."
    )

    selected_concept = "concept based on biodegradable materials"
    message3 = client.beta.threads.messages.create(
        thread_id=thread.id,
        role="user",
        content=f"Let's refine the '{selected_concept}'. Can you provide more details?"
    )

    run3 = client.beta.threads.runs.create_and_poll(
        thread_id=thread.id,
        assistant_id=assistant.id,
        instructions="Provide detailed refinement for the selected concept."
    )

    message4 = client.beta.threads.messages.create(
        thread_id=thread.id,
        role="user",
        content="Based on the refined concept, can you suggest a prototype design?"
    )

    run4 = client.beta.threads.runs.create_and_poll(
        thread_id=thread.id,
        assistant_id=assistant.id,
        instructions="Suggest a prototype design for the packaging."
    )

    message5 = client.beta.threads.messages.create(
        thread_id=thread.id,
        role="user",
        content="Here is the prototype design. What do you think?"
    )

    run5 = client.beta.threads.runs.create_and_poll(
        thread_id=thread.id,
        assistant_id=assistant.id,
        instructions="Evaluate the prototype design and provide feedback."
    )

    if run5.status == 'completed':
        messages = client.beta.threads.messages.list(
            thread_id=thread.id
        )
        for message in messages.data:
            print(message.content)
    else:
        print(run5.status)


creativeProcessWithThread()

# %% shown
reader.same(tools_of_the_newest_assistant(), [{"type": "text_generation"}])
parts = list(printed_parts(reader.said))
reader.same([types for types, _ in parts], [["text"]] * 10)
asked = reader.said.splitlines()[1::2]
reader.holds("Here is the prototype design. What do you think?" in asked[0], asked)
reader.holds("I want to create a new type of eco-friendly packaging." in asked[-1], asked)
reader.same(tool_calls(), [])

# %% meanwhile
# Clients that come later may know no tools but the original's.
for assistant in list(openai.OpenAI().beta.assistants.list(limit=100)):
    openai.OpenAI().beta.assistants.delete(assistant.id)
