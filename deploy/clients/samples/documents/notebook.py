"""A notebook of November 2023: the first steps on v1, and a table for the code interpreter."""

# document: A notebook with the first steps (2023-11)

import files
from openai import OpenAI

SOLVED = "The solution to the equation 3x + 11 = 14 is x = 1."
SOLVED_TOO = "The solution to the equation 5x + 20 = 30 is x = 2."


def solving(equation, code, said):
    calls = [{"name": "code_interpreter", "arguments": {"code": code}}]
    return reader.part(equation, calls=calls, then={"say": said})


reader.learn(
    solving("3x + 11 = 14", "print((14 - 11) / 3)", SOLVED), solving("5x + 20 = 30", "print((30 - 20) / 5)", SOLVED_TOO)
)


files.table("data/covid_worldwide.csv")
older = OpenAI().beta.threads.create()
reader.ids["thread_RbKLaKF1XnvU1izUJlMLaDGW"] = older.id

# %% 1 The imports
import openai
from openai import OpenAI
import os
openai.api_key = os.getenv("OPENAI_API_KEY")

from pathlib import Path
import time

# %% 2 The client
client = OpenAI()

# %% 3 A math tutor is created
assistant = client.beta.assistants.create(
    name="Math Tutor",
    instructions="You are a personal math tutor. Write and run code to answer math questions.",
    tools=[{"type": "code_interpreter"}],
    model="gpt-3.5-turbo-1106"
)

# %% 4 The tutor as an object
assistant

# %% shown
reader.shown(
    """Assistant(id='asst_q0EW21pauFzIYEygvm2A9f8H', created_at=1699949647, description=None, file_ids=[],
    instructions='You are a personal math tutor. Write and run code to answer math questions.', metadata={},
    model='gpt-3.5-turbo-1106', name='Math Tutor', object='assistant',
    tools=[ToolCodeInterpreter(type='code_interpreter')])"""
)

# %% 5 A thread is created
thread = client.beta.threads.create()
thread

# %% shown
reader.shown(
    """Thread(id='thread_vmMDHoQMRHuLOrseONCJzU9I', created_at=1699949699, metadata={}, object='thread')"""
)

# %% 6 A message is added
message = client.beta.threads.messages.create(
    thread_id=thread.id,
    role="user",
    content="I need to solve the equation `3x + 11 = 14`. Can you help me?"
)
message

# %% shown
reader.shown(
    """ThreadMessage(id='msg_p71nSLAMIt8VVqlKLYw7AGlL', assistant_id=None,
    content=[MessageContentText(text=Text(annotations=[],
    value='I need to solve the equation `3x + 11 = 14`. Can you help me?'), type='text')], created_at=1699949815,
    file_ids=[], metadata={}, object='thread.message', role='user', run_id=None,
    thread_id='thread_vmMDHoQMRHuLOrseONCJzU9I')"""
)

# %% 7 A run with instructions of its own is created
run = client.beta.threads.runs.create(
    thread_id=thread.id,
    assistant_id=assistant.id,
    instructions="Please address the user as Jane Doe. The user has a premium account."
)

# %% 8 The run is queued
run

# %% shown
reader.shown(
    """Run(id='run_lujwIqd57oz8PFsgecIaIUVw', assistant_id='asst_q0EW21pauFzIYEygvm2A9f8H', cancelled_at=None,
    completed_at=None, created_at=1699950042, expires_at=1699950642, failed_at=None, file_ids=[],
    instructions='Please address the user as Jane Doe. The user has a premium account.', last_error=None,
    metadata={}, model='gpt-3.5-turbo-1106', object='thread.run', required_action=None, started_at=None,
    status='queued', thread_id='thread_vmMDHoQMRHuLOrseONCJzU9I',
    tools=[ToolAssistantToolsCode(type='code_interpreter')])"""
)

# %% meanwhile
reader.ended(client, run)

# %% 9 The run has ended
run = client.beta.threads.runs.retrieve(
    thread_id=thread.id,
    run_id=run.id
)
run

# %% shown
reader.shown(
    """Run(id='run_lujwIqd57oz8PFsgecIaIUVw', assistant_id='asst_q0EW21pauFzIYEygvm2A9f8H', cancelled_at=None,
    completed_at=1699950049, created_at=1699950042, expires_at=None, failed_at=None, file_ids=[],
    instructions='Please address the user as Jane Doe. The user has a premium account.', last_error=None,
    metadata={}, model='gpt-3.5-turbo-1106', object='thread.run', required_action=None, started_at=1699950042,
    status='completed', thread_id='thread_vmMDHoQMRHuLOrseONCJzU9I',
    tools=[ToolAssistantToolsCode(type='code_interpreter')])"""
)

# %% 10 The messages are listed
message = client.beta.threads.messages.list(
    thread_id=thread.id
)

message

# %% shown
reader.shown(
    """SyncCursorPage[ThreadMessage](data=[ThreadMessage(id='msg_3Ro8gba3z2PUjQo1rLer9QE2',
    assistant_id='asst_q0EW21pauFzIYEygvm2A9f8H', content=[MessageContentText(text=Text(annotations=[],
    value='The solution to the equation 3x + 11 = 14 is x = 1.'), type='text')], created_at=1699950049, file_ids=[],
    metadata={}, object='thread.message', role='assistant', run_id='run_lujwIqd57oz8PFsgecIaIUVw',
    thread_id='thread_vmMDHoQMRHuLOrseONCJzU9I'), ThreadMessage(id='msg_p71nSLAMIt8VVqlKLYw7AGlL',
    assistant_id=None, content=[MessageContentText(text=Text(annotations=[],
    value='I need to solve the equation `3x + 11 = 14`. Can you help me?'), type='text')], created_at=1699949815,
    file_ids=[], metadata={}, object='thread.message', role='user', run_id=None,
    thread_id='thread_vmMDHoQMRHuLOrseONCJzU9I')], object='list', first_id='msg_3Ro8gba3z2PUjQo1rLer9QE2',
    last_id='msg_p71nSLAMIt8VVqlKLYw7AGlL', has_more=False)"""
)

# %% 11 The messages as a list
list(message)

# %% shown
reader.shown(
    """[ThreadMessage(id='msg_3Ro8gba3z2PUjQo1rLer9QE2', assistant_id='asst_q0EW21pauFzIYEygvm2A9f8H',
    content=[MessageContentText(text=Text(annotations=[],
    value='The solution to the equation 3x + 11 = 14 is x = 1.'), type='text')], created_at=1699950049, file_ids=[],
    metadata={}, object='thread.message', role='assistant', run_id='run_lujwIqd57oz8PFsgecIaIUVw',
    thread_id='thread_vmMDHoQMRHuLOrseONCJzU9I'), ThreadMessage(id='msg_p71nSLAMIt8VVqlKLYw7AGlL',
    assistant_id=None, content=[MessageContentText(text=Text(annotations=[],
    value='I need to solve the equation `3x + 11 = 14`. Can you help me?'), type='text')], created_at=1699949815,
    file_ids=[], metadata={}, object='thread.message', role='user', run_id=None,
    thread_id='thread_vmMDHoQMRHuLOrseONCJzU9I')]"""
)

# %% 12 A second question
message = client.beta.threads.messages.create(
    thread_id=thread.id,
    role="user",
    content="I need to solve the equation `5x + 20 = 30`. Can you help me?"
)
message

# %% shown
reader.shown(
    """ThreadMessage(id='msg_y58Xvo9dRz00CZA7WgTrm5z0', assistant_id=None,
    content=[MessageContentText(text=Text(annotations=[],
    value='I need to solve the equation `5x + 20 = 30`. Can you help me?'), type='text')], created_at=1699950420,
    file_ids=[], metadata={}, object='thread.message', role='user', run_id=None,
    thread_id='thread_vmMDHoQMRHuLOrseONCJzU9I')"""
)

# %% 13 A second run
run = client.beta.threads.runs.create(
    thread_id=thread.id,
    assistant_id=assistant.id,
)

# %% meanwhile
reader.ended(client, run)

# %% 14 The messages as a list, newest first
# but: the document's output is cut off in its third message
message = client.beta.threads.messages.list(
    thread_id=thread.id
)

list(message)

# %% shown
reader.shown(
    """[ThreadMessage(id='msg_tO97JV3ZREoSD4h0RdRHTnwL', assistant_id='asst_q0EW21pauFzIYEygvm2A9f8H',
    content=[MessageContentText(text=Text(annotations=[],
    value='The solution to the equation 5x + 20 = 30 is x = 2.'), type='text')], created_at=1699950454, file_ids=[],
    metadata={}, object='thread.message', role='assistant', run_id='run_QsjWBVpy2J3tvEs4ND4jnn6d',
    thread_id='thread_vmMDHoQMRHuLOrseONCJzU9I'), ThreadMessage(id='msg_y58Xvo9dRz00CZA7WgTrm5z0',
    assistant_id=None, content=[MessageContentText(text=Text(annotations=[],
    value='I need to solve the equation `5x + 20 = 30`. Can you help me?'), type='text')], created_at=1699950420,
    file_ids=[], metadata={}, object='thread.message', role='user', run_id=None,
    thread_id='thread_vmMDHoQMRHuLOrseONCJzU9I')]""",
    of=reader.out[:2],
)
reader.same(reader.out[2].content[0].text.value, SOLVED)

# %% 15 A table is uploaded
file = client.files.create(
    file=open("data/covid_worldwide.csv", "rb"),
    purpose="assistants"
)

file

# %% shown
reader.shown(
    """FileObject(id='file-uipdQnK2DMrixJISs9qLvoWe', bytes=15552, created_at=1700042664,
    filename='covid_worldwide.csv', object='file', purpose='assistants', status='processed', status_details=None)"""
)
reader.same(file.bytes, len(open("data/covid_worldwide.csv", "rb").read()))

# %% 16 An assistant for tables is created
assistant = client.beta.assistants.create(
  name="Data visualizer",
  description="You are great at creating beautiful data visualizations. You analyze data present in .csv files, understand trends, and come up with data visualizations relevant to those trends. You also share a brief text summary of the trends observed.",
  model="gpt-3.5-turbo-1106",
  tools=[{"type": "code_interpreter"}],
)

assistant

# %% shown
reader.shown(
    """Assistant(id='asst_sesyhkKoIcOJCYUQttmcqH6U', created_at=1700042666,
    description='You are great at creating beautiful data visualizations. You analyze data present in .csv files, understand trends, and come up with data visualizations relevant to those trends. You also share a brief text summary of the trends observed.',
    file_ids=[], instructions=None, metadata={}, model='gpt-3.5-turbo-1106', name='Data visualizer',
    object='assistant', tools=[ToolCodeInterpreter(type='code_interpreter')])"""
)

# %% 17 A thread whose message brings the table
thread = client.beta.threads.create(
    messages=[
        {
            "role": "user",
            "content": "Create 3 data visualizations based on the trends in this file.",
            "file_ids": [file.id]
        }
    ]
)

thread

# %% shown
reader.shown(
    """Thread(id='thread_EXfeOEv5UkYjFjM69rdbVDvn', created_at=1700042671, metadata={}, object='thread')"""
)

# %% 18 A message is added to an older thread
# changed: the ids of thread and message are the reader's own
thread_message = client.beta.threads.messages.create(
  "thread_RbKLaKF1XnvU1izUJlMLaDGW",
  role="user",
  content="Create 3 data visualizations based on the trends in this file",

)
print(thread_message)

# %% shown
reader.shown(
    """ThreadMessage(id='msg_OVpr1NLbpDaxHqT27fwPxuCN', assistant_id=None,
    content=[MessageContentText(text=Text(annotations=[],
    value='Create 3 data visualizations based on the trends in this file'), type='text')], created_at=1699963225,
    file_ids=[], metadata={}, object='thread.message', role='user', run_id=None,
    thread_id='thread_RbKLaKF1XnvU1izUJlMLaDGW')""",
    of=reader.said,
)

# %% 19 The message as pairs
list(thread_message)

# %% shown
reader.same([pair[0] for pair in reader.out[:10]], ["id", "assistant_id", "content", "created_at", "file_ids", "metadata",
                                                    "object", "role", "run_id", "thread_id"])
reader.shown(
    """{'id': 'msg_OVpr1NLbpDaxHqT27fwPxuCN', 'assistant_id': None, 'content': [MessageContentText(text=Text(
    annotations=[], value='Create 3 data visualizations based on the trends in this file'), type='text')],
    'created_at': 1699963225, 'file_ids': [], 'metadata': {}, 'object': 'thread.message', 'role': 'user',
    'run_id': None, 'thread_id': 'thread_RbKLaKF1XnvU1izUJlMLaDGW'}""",
    of=dict(reader.out),
)

# %% meanwhile
reader.ids["msg_OVpr1NLbpDaxHqT27fwPxuCN"] = thread_message.id

# %% 20 The message is retrieved
# changed: the ids of thread and message are the reader's own
message = client.beta.threads.messages.retrieve(
    thread_id="thread_RbKLaKF1XnvU1izUJlMLaDGW",
    message_id="msg_OVpr1NLbpDaxHqT27fwPxuCN"
)

message_content = message.content[0].text
annotations = message_content.annotations
citations = []

# %% 21 Its annotations are gone through
for index, annotation in enumerate(annotations):
    print(index)

# %% shown
reader.same((annotations, reader.said), ([], ""))

# %% 22 A run with a model, instructions and tools of its own
# also: the run ends, and its answer has the three pictures that were asked for
run = client.beta.threads.runs.create(
  thread_id=thread.id,
  assistant_id=assistant.id,
  model="gpt-3.5-turbo-1106",
  instructions="additional instructions",
  tools=[{"type": "code_interpreter"}, {"type": "retrieval"}]
)

# %% shown
reader.same((run.status, run.instructions), ("queued", "additional instructions"))
reader.same([tool.type for tool in run.tools], ["code_interpreter", "retrieval"])
reader.same(reader.ended(client, run).status, "completed")
answer = client.beta.threads.messages.list(thread_id=thread.id).data[0]
reader.same([part.type for part in answer.content], ["image_file"] * 3 + ["text"])
for part in answer.content[:3]:
    reader.holds(client.files.content(part.image_file.file_id).read().startswith(b"\x89PNG"), "this is no picture")
