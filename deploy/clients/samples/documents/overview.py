"""The original's overview of November 2023, as it was translated then: a math tutor in six steps."""

# document: The overview of the Assistants API, translated (2023-11)

from openai import OpenAI

ANSWERS = [
    "当然，简·多伊。(3x + 11 = 14)要求解的方程(x)，您需要(x)在方程的一侧进行隔离。让我为您计算一下价值。",
    "方程的解(3x + 11 = 14)为(x = 1)。",
]
reader.learn(
    reader.part(
        "3x + 11 = 14",
        say=ANSWERS[0],
        calls=[{"name": "code_interpreter", "arguments": {"code": "print((14 - 11) / 3)"}}],
        then={"say": ANSWERS[1]},
    )
)
client = OpenAI()

# %% 1 An assistant is created
# changed: the client is made before; the document leaves that out
assistant = client.beta.assistants.create(
    name="Math Tutor",
    instructions="You are a personal math tutor. Write and run code to answer math questions.",
    tools=[{"type": "code_interpreter"}],
    model="gpt-4-1106-preview"
)

# %% 2 A thread is created
thread = client.beta.threads.create()

# %% 3 A message is added, and listed
message = client.beta.threads.messages.create(
    thread_id=thread.id,
    role="user",
    content="I need to solve the equation `3x + 11 = 14`. Can you help me?"
)

# %% shown
SHOWN = ["created_at", "id", "object", "thread_id", "role", "content"]
page = client.beta.threads.messages.list(thread_id=thread.id)
reader.same((page.object, len(page.data)), ("list", 1))
reader.shown(
    """{"created_at": 1696995451, "id": "msg_4rb1Skx3XgQZEe4PHVRFQhr0", "object": "thread.message",
    "thread_id": "thread_34p0sfdas0823smfv", "role": "user",
    "content": [{"type": "text",
    "text": {"value": "I need to solve the equation `3x + 11 = 14`. Can you help me?", "annotations": []}}]}""",
    of={name: page.data[0].model_dump()[name] for name in SHOWN},
)

# %% 4 A run with instructions of its own is created
run = client.beta.threads.runs.create(
  thread_id=thread.id,
  assistant_id=assistant.id,
  instructions="Please address the user as Jane Doe. The user has a premium account."
)

# %% shown
reader.same(run.status, "queued")
reader.same(run.instructions, "Please address the user as Jane Doe. The user has a premium account.")

# %% meanwhile
reader.ended(client, run)

# %% 5 The run is completed
run = client.beta.threads.runs.retrieve(
  thread_id=thread.id,
  run_id=run.id
)

# %% shown
reader.same(run.status, "completed")

# %% 6 The assistant has added two messages
messages = client.beta.threads.messages.list(
  thread_id=thread.id
)

# %% shown
told = [(m.role, m.content[0].text.value) for m in reversed(messages.data)]
reader.same(told, [("user", message.content[0].text.value), ("assistant", ANSWERS[0]), ("assistant", ANSWERS[1])])
