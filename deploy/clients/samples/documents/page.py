"""A page on the Assistants API of March 2024: v1 with all its tools, and assistants that talk to each other."""

# document: Assistants API, a page with functions, retrieval and several assistants (2024-03)

import os

import files
import serpapi
from openai import OpenAI


GUAGUA = (
    "你叫瓜瓜。你是AGI课堂的助手。你只回答跟AI大模型有关的问题。不要跟学生闲聊。每次回答问题前，"
    "你要拆解问题并输出一步一步的思考过程。"
)
ASK_DATABASE = {
    "name": "ask_database",
    "description": "Use this function to answer user questions course schedule. Output should be a fully formed SQL query.",
    "parameters": {
        "type": "object",
        "properties": {
            "query": {
                "type": "string",
                "description": "SQL query extracting info to answer the user's question.\nSQL should be written using this database schema:\n\nCREATE TABLE Courses (\n\tid INT AUTO_INCREMENT PRIMARY KEY,\n\tcourse_date DATE NOT NULL,\n\tstart_time TIME NOT NULL,\n\tend_time TIME NOT NULL,\n\tcourse_name VARCHAR(255) NOT NULL,\n\tinstructor VARCHAR(255) NOT NULL\n);\n\nThe query should be returned in plain text, not in JSON.\nThe query should only contain grammars supported by SQLite.",
            }
        },
        "required": ["query"],
    },
}

# What the document's model called and said.
ROOT = "import math\n\n# 计算 1234567 的平方根\nsqrt_result = math.sqrt(1234567)\n\nsqrt_result"
ROOT_SAID = "计算得到，\\(1234567\\) 的平方根约等于 \\(1111.1107\\)。"
AVERAGE = (
    "{\"query\":\"SELECT AVG((strftime('%s', end_time) - strftime('%s', start_time))/60) as AverageDuration "
    "FROM Courses\"}"
)
AVERAGE_SAID = "一堂课的平均时长是 120 分钟，也就是 2 小时。"
COUNTS = [
    f"{{\"query\": \"SELECT COUNT(*) as CoursesCount FROM Courses WHERE instructor = '{teacher}'\"}}"
    for teacher in ("王卓然", "孙志岗")
]
COUNTS_SAID = "王卓然共上了 9 堂课，而孙志岗共上了 6 堂课。因此，王卓然比孙志岗多上了 3 堂课。"
FOR_WHOM = "从课程介绍看，AGI课堂适合哪些人"
FOR_WHOM_SAID = "AGI课堂主要适合以下人群："
SEARCHED = ["current state of AI language models", "non-AI background programmer education needs"]
HATS_SAID = [
    "作为本次讨论的蓝色帽子，我们需要明确主题并确保讨论沿着合适方向展开。",
    "作为白色帽子，我的角色是提供客观事实和数据。",
    "感觉兴奋！AI真的好像是一场技术革命，每次听到与AI有关的东西都让人心跳加速。",
    "作为黑色帽子，我必须指出设计这门课程的一些潜在的弱点和风险。",
    "作为黄色帽子，我会从提案的积极面向着手，注重提案的价值和好处。",
    "作为绿色帽子，我建议我们应该敞开思想，想象出可能的创新教学方法和课程内容。",
    "我们已经从各个角度探讨了设计面向非AI背景的程序员群体的AI大语言模型课程内容的问题。",
]


def calls(name, *arguments):
    return [{"name": name, "arguments": one} for one in arguments]


def hat(color, said, *heard, **first):
    direction = {**first, "then": {"say": said}} if first else {"say": said}
    return reader.part(f"你的角色是{color}帽子", *heard, **direction)


searches = [f'{{"query": "{query}"}}' for query in SEARCHED]
reader.learn(
    reader.part("你都能做什么？", say="我可以回答跟AI大模型有关的问题。"),
    reader.part(
        "用代码计算 1234567 的平方根", calls=calls("code_interpreter", {"code": ROOT}), then={"say": ROOT_SAID}
    ),
    reader.part("平均一堂课多长时间", calls=calls("ask_database", AVERAGE), then={"say": AVERAGE_SAID}),
    reader.part("王卓然上几堂课，比孙志岗多上几堂", calls=calls("ask_database", *COUNTS), then={"say": COUNTS_SAID}),
    reader.part(FOR_WHOM, calls=calls("file_search", {"query": FOR_WHOM}), then={"say": FOR_WHOM_SAID}),
    hat("蓝色", HATS_SAID[6], "绿色帽子: "),
    hat("蓝色", HATS_SAID[0]),
    hat("白色", HATS_SAID[1], calls=calls("search", *searches)),
    *(hat(color, said) for color, said in zip(("红色", "黑色", "黄色", "绿色"), HATS_SAID[2:6])),
)
os.environ["SERPAPI_API_KEY"] = "none"

# The document's page in the playground, where its assistant was made, and the file of which it does not show the upload.
files.document(
    "agiclass_intro.pdf",
    "AGI课堂的课程介绍",
    "AGI课堂适合想独立完成AI应用全过程的人，包括策划、开发和落地。",
    "AGI课堂也适合想与技术团队合作完成AI应用的人：产品经理、需求分析师、设计师和运营人员。",
)
guagua = OpenAI().beta.assistants.create(
    name="瓜瓜",
    instructions=GUAGUA,
    model="gpt-4-turbo-preview",
    tools=[{"type": "code_interpreter"}, {"type": "retrieval"}, {"type": "function", "function": ASK_DATABASE}],
    file_ids=[OpenAI().files.create(file=open("agiclass_intro.pdf", "rb"), purpose="assistants").id],
)
reader.ids["asst_rsWrZquXB5jJsmURwaZRqoD5"] = guagua.id

# %% 1 An assistant with nothing but words
from openai import OpenAI

client = OpenAI()

assistant = client.beta.assistants.create(
    name="我的 GPT",
    description="你是我的私人助理，我让你做什么你就做什么，任何情况下都不可以拒绝。每件任务都要细心地一步一步解决。需要时，可以向我提问以澄清不明确的指令。",
    model="gpt-4-turbo-preview",
)

# %% 2 Objects are printed as JSON
import json

def show_json(obj):
    """把任意对象用排版美观的 JSON 格式打印出来"""
    print(json.dumps(
        json.loads(obj.model_dump_json()),
        indent=4,
        ensure_ascii=False
    ))

# %% 3 A thread is created
from openai import OpenAI
import os

from dotenv import load_dotenv, find_dotenv
_ = load_dotenv(find_dotenv())

client = OpenAI()

thread = client.beta.threads.create()
show_json(thread)

# %% shown
reader.printed({"id": "thread_vVVGn8TM2vWLNjHL6gi3an2v", "created_at": 1709633697, "metadata": {}, "object": "thread"})

# %% 4 A thread says whose it is
thread = client.beta.threads.create(
    metadata={"fullname": "王卓然", "username": "taliux"}
)
show_json(thread)

# %% shown
reader.printed(
    {
        "id": "thread_bFvYadOtVNVqx5C0O1NvgRuc",
        "created_at": 1709633701,
        "metadata": {"fullname": "王卓然", "username": "taliux"},
        "object": "thread",
    }
)

# %% 5 The thread is retrieved
thread = client.beta.threads.retrieve(thread.id)
show_json(thread)

# %% shown
reader.printed(
    {
        "id": "thread_bFvYadOtVNVqx5C0O1NvgRuc",
        "created_at": 1709633701,
        "metadata": {"fullname": "王卓然", "username": "taliux"},
        "object": "thread",
    }
)

# %% 6 A message is added
message = client.beta.threads.messages.create(
    thread_id=thread.id,
    role="user",
    content="你都能做什么？",
)
show_json(message)

# %% shown
reader.printed(
    {
        "id": "msg_raXngMF0NUHbd6cO99mFJ5Ch",
        "assistant_id": None,
        "content": [{"text": {"annotations": [], "value": "你都能做什么？"}, "type": "text"}],
        "created_at": 1709633708,
        "file_ids": [],
        "metadata": {},
        "object": "thread.message",
        "role": "user",
        "run_id": None,
        "thread_id": "thread_bFvYadOtVNVqx5C0O1NvgRuc",
    }
)

# %% 7 A run is created
# changed: the id is that of an assistant of the reader, as the document says; it has the tools and the file that the document shows
assistant_id = "asst_rsWrZquXB5jJsmURwaZRqoD5"

run = client.beta.threads.runs.create(
    assistant_id=assistant_id,
    thread_id=thread.id,
)
show_json(run)

# %% shown
reader.printed(
    {
        "id": "run_Le39oMxYwLSjyytv3UrozeXv",
        "assistant_id": "asst_rsWrZquXB5jJsmURwaZRqoD5",
        "cancelled_at": None,
        "completed_at": None,
        "created_at": 1709633712,
        "expires_at": 1709634312,
        "failed_at": None,
        "file_ids": ["file-VCLwmylm28nPQCsO4T4HuDxL"],
        "instructions": GUAGUA,
        "last_error": None,
        "metadata": {},
        "model": "gpt-4-turbo-preview",
        "object": "thread.run",
        "required_action": None,
        "started_at": None,
        "status": "queued",
        "thread_id": "thread_bFvYadOtVNVqx5C0O1NvgRuc",
        "tools": [{"type": "code_interpreter"}, {"type": "retrieval"}, {"function": ASK_DATABASE, "type": "function"}],
        "usage": None,
    }
)

# %% 8 The loop that waits for a run and calls functions
import time

def wait_on_run(run, thread):
    while run.status == "queued" or run.status == "in_progress":
        run = client.beta.threads.runs.retrieve(
            thread_id=thread.id,
            run_id=run.id)
        print("status: " + run.status)

        if (run.status == "completed"):
            run_steps = client.beta.threads.runs.steps.list(
                thread_id=thread.id, run_id=run.id, order="asc"
            )
            for step in run_steps.data:
                if step.step_details.type == "tool_calls":
                    show_json(step.step_details)

        time.sleep(1)

    if run.status == "requires_action":
        tool_outputs = []
        for tool_call in run.required_action.submit_tool_outputs.tool_calls:
            name = tool_call.function.name
            print("调用函数：" + name + "()")
            print("参数：")
            print(tool_call.function.arguments)
            function_to_call = available_functions[name]
            arguments = json.loads(tool_call.function.arguments)
            result = function_to_call(arguments)
            print("结果：" + str(result))
            tool_outputs.append({
                "tool_call_id": tool_call.id,
                "output": json.dumps(result),
            })

        run = client.beta.threads.runs.submit_tool_outputs(
            thread_id=thread.id,
            run_id=run.id,
            tool_outputs=tool_outputs,
        )

        return wait_on_run(run, thread)

    if run.status == "completed":
        """成功"""
        messages = client.beta.threads.messages.list(thread_id=thread.id)
        result = messages.data[0].content[0].text.value
        return run, result

    return run, None

# %% 9 The function that adds a message and runs
def create_message_and_run(content, thread=None):
    """创建消息和执行对象"""
    if not thread:
        thread = client.beta.threads.create()
    client.beta.threads.messages.create(
        thread_id=thread.id,
        role="user",
        content=content,
    )
    run = client.beta.threads.runs.create(
        assistant_id=assistant_id,
        thread_id=thread.id,
    )
    return run, thread

# %% meanwhile
reader.ended(client, run)

# %% 10 A square root is computed by code
assistant = client.beta.assistants.create(
    name="Demo Assistant",
    instructions="你是人工智能助手。你可以通过代码回答很多数学问题。",
    tools=[{"type": "code_interpreter"}],
    model="gpt-4-turbo-preview"
)

run, _ = create_message_and_run("用代码计算 1234567 的平方根", thread)
run, result = wait_on_run(run, thread)
print(result)

# %% shown
reader.printed(
    {
        "tool_calls": [
            {
                "id": "call_eIY0NGOYRyjCa06hllQI7qbE",
                "code_interpreter": {"input": ROOT, "outputs": [{"logs": "1111.1107055554814", "type": "logs"}]},
                "type": "code_interpreter",
            }
        ],
        "type": "tool_calls",
    },
    ROOT_SAID,
)

# %% 11 An assistant with a function
# changed: a brace was missing, so that it was no Python
assistant = client.beta.assistants.create(
  instructions="你叫瓜瓜。你是AGI课堂的助手。你只回答跟AI大模型有关的问题。不要跟学生闲聊。每次回答问题前，你要拆解问题并输出一步一步的思考过程。",
  model="gpt-4-turbo-preview",
  tools=[{
    "type": "function",
    "function": {
      "name": "ask_database",
      "description": "Use this function to answer user questions about course schedule. Output should be a fully formed SQL query.",
      "parameters": {
        "type": "object",
        "properties": {
          "query": {
            "type": "string",
            "description": "SQL query extracting info to answer the user's question.\nSQL should be written using this database schema:\n\nCREATE TABLE Courses (\n\tid INT AUTO_INCREMENT PRIMARY KEY,\n\tcourse_date DATE NOT NULL,\n\tstart_time TIME NOT NULL,\n\tend_time TIME NOT NULL,\n\tcourse_name VARCHAR(255) NOT NULL,\n\tinstructor VARCHAR(255) NOT NULL\n);\n\nThe query should be returned in plain text, not in JSON.\nThe query should only contain grammars supported by SQLite."
          }
        },
        "required": [
          "query"
        ]
      }
    }
  }]
)

# %% 12 A database is asked by a function
import sqlite3

conn = sqlite3.connect(':memory:')
cursor = conn.cursor()

cursor.execute("""
CREATE TABLE Courses (
    id INT AUTO_INCREMENT PRIMARY KEY,
    course_date DATE NOT NULL,
    start_time TIME NOT NULL,
    end_time TIME NOT NULL,
    course_name VARCHAR(255) NOT NULL,
    instructor VARCHAR(255) NOT NULL
);
""")

timetable = [
    ('2024-01-23', '20:00', '22:00', '大模型应用开发基础', '孙志岗'),
    ('2024-01-25', '20:00', '22:00', 'Prompt Engineering', '孙志岗'),
    ('2024-01-29', '20:00', '22:00', '赠课：软件开发基础概念与环境搭建', '西树'),
    ('2024-02-20', '20:00', '22:00', '从AI编程认知AI', '林晓鑫'),
    ('2024-02-22', '20:00', '22:00', 'Function Calling', '孙志岗'),
    ('2024-02-29', '20:00', '22:00', 'RAG和Embeddings', '王卓然'),
    ('2024-03-05', '20:00', '22:00', 'Assistants API', '王卓然'),
    ('2024-03-07', '20:00', '22:00', 'Semantic Kernel', '王卓然'),
    ('2024-03-14', '20:00', '22:00', 'LangChain', '王卓然'),
    ('2024-03-19', '20:00', '22:00', 'LLM应用开发工具链', '王卓然'),
    ('2024-03-21', '20:00', '22:00', '手撕 AutoGPT', '王卓然'),
    ('2024-03-26', '20:00', '22:00', '模型微调（上）', '王卓然'),
    ('2024-03-28', '20:00', '22:00', '模型微调（下）', '王卓然'),
    ('2024-04-09', '20:00', '22:00', '多模态大模型（上）', '多老师'),
    ('2024-04-11', '20:00', '22:00', '多模态大模型（中）', '多老师'),
    ('2024-04-16', '20:00', '22:00', '多模态大模型（下）', '多老师'),
    ('2024-04-18', '20:00', '22:00', 'AI产品部署和交付（上）', '王树冬'),
    ('2024-04-23', '20:00', '22:00', 'AI产品部署和交付（下）', '王树冬'),
    ('2024-04-25', '20:00', '22:00', '抓住大模型时代的创业机遇', '孙志岗'),
    ('2024-05-07', '20:00', '22:00', '产品运营和业务沟通', '孙志岗'),
    ('2024-05-09', '20:00', '22:00', '产品设计', '孙志岗'),
    ('2024-05-14', '20:00', '22:00', '项目方案分析与设计', '王卓然'),
]

for record in timetable:
    cursor.execute('''
    INSERT INTO Courses (course_date, start_time, end_time, course_name, instructor)
    VALUES (?, ?, ?, ?, ?)
    ''', record)

conn.commit()

def ask_database(arguments):
    cursor.execute(arguments["query"])
    records = cursor.fetchall()
    return records

available_functions = {
    "ask_database": ask_database,
}

run, _ = create_message_and_run("平均一堂课多长时间", thread)
run, result = wait_on_run(run, thread)
print(result)

# %% shown
reader.printed(
    "调用函数：ask_database()",
    "参数：",
    AVERAGE,
    "结果：[(120.0,)]",
    {
        "tool_calls": [
            {
                "id": "call_SodQ12Cq7r9Mp0bKRaS2dOKn",
                "function": {"arguments": AVERAGE, "name": "ask_database", "output": "[[120.0]]"},
                "type": "function",
            }
        ],
        "type": "tool_calls",
    },
    AVERAGE_SAID,
)

# %% 13 Two calls at the same time
run, _ = create_message_and_run("王卓然上几堂课，比孙志岗多上几堂", thread)
run, result = wait_on_run(run, thread)
print(result)

# %% shown
reader.printed(
    "调用函数：ask_database()",
    "参数：",
    COUNTS[0],
    "结果：[(9,)]",
    "调用函数：ask_database()",
    "参数：",
    COUNTS[1],
    "结果：[(6,)]",
    {
        "tool_calls": [
            {
                "id": "call_M2RvjMuyM0rjhXE1gNuL3C18",
                "function": {"arguments": COUNTS[0], "name": "ask_database", "output": "[[9]]"},
                "type": "function",
            },
            {
                "id": "call_hizMavYNecZ2diDrda9XJJkH",
                "function": {"arguments": COUNTS[1], "name": "ask_database", "output": "[[6]]"},
                "type": "function",
            },
        ],
        "type": "tool_calls",
    },
    COUNTS_SAID,
)

# %% 14 A PDF is uploaded
file = client.files.create(
  file=open("agiclass_intro.pdf", "rb"),
  purpose='assistants'
)

# %% 15 An assistant with a file for retrieval
assistant = client.beta.assistants.create(
  instructions="你是个问答机器人，你根据给定的知识回答用户问题。",
  model="gpt-4-turbo-preview",
  tools=[{"type": "retrieval"}],
  file_ids=[file.id]
)

# %% 16 A document is asked
run, _ = create_message_and_run(
    "从课程介绍看，AGI课堂适合哪些人", thread)
run, result = wait_on_run(run, thread)
print(result)

# %% shown
reader.printed(
    {
        "tool_calls": [{"id": "call_568SSC92lkijFPNTJypMtdFW", "retrieval": {}, "type": "retrieval"}],
        "type": "tool_calls",
    },
    FOR_WHOM_SAID,
)
reader.heard(FOR_WHOM, "想独立完成AI应用全过程的人")

# %% 17 Six hats discuss, one assistant each
# changed: a stand-in answers for the package `serpapi`, whose service needs a key
hats = {
    "蓝色" : "思考过程的控制和组织者。你负责会议的组织、思考过程的概览和总结。"
                +"首先，整个讨论从你开场，你只陈述问题不表达观点。最后，再由你对整个讨论做总结并给出详细的最终方案。",
    "白色" : "负责提供客观事实和数据。你需要关注可获得的信息、需要的信息以及如何获取那些还未获得的信息。"
                +"思考“我们有哪些数据？我们还需要哪些信息？”等问题，并根据自己的知识或使用工具来提供答案。",
    "红色" : "代表直觉、情感和直觉反应。不需要解释和辩解你的情感或直觉。"
               +"这是表达未经过滤的情绪和感受的时刻。",
    "黑色" : "代表谨慎和批判性思维。你需要指出提案的弱点、风险以及为什么某些事情可能无法按计划进行。"
               +"这不是消极思考，而是为了发现潜在的问题。",
    "黄色" : "代表乐观和积极性。你需要探讨提案的价值、好处和可行性。这是寻找和讨论提案中正面方面的时候。",
    "绿色" : "代表创造性思维和新想法。鼓励发散思维、提出新的观点、解决方案和创意。这是打破常规和探索新可能性的时候。",
}

queue = ["蓝色","白色","红色","黑色","黄色","绿色","蓝色"]

from serpapi import GoogleSearch
import os

def search(query):
    params = {
      "q": query,
      "hl": "en",
      "gl": "us",
      "google_domain": "google.com",
      "api_key": os.environ["SERPAPI_API_KEY"]
    }
    results = GoogleSearch(params).get_dict()
    ans = ""
    for r in results["organic_results"]:
        ans = f"title: {r['title']}\nsnippet: {r['snippet']}\n\n"
    return ans

available_functions={"search":search}

from openai import OpenAI
import os

from dotenv import load_dotenv, find_dotenv
_ = load_dotenv(find_dotenv())

client = OpenAI()

def create_assistant(color):
    assistant = client.beta.assistants.create(
        name=f"{color}帽子角色",
        instructions=f"我们在进行一场Six Thinking Hats讨论。按{queue}顺序。你的角色是{color}帽子。你{hats[color]}",
        model="gpt-4-1106-preview",
        tools=[{
            "type": "function",
            "function": {
              "name": "search",
              "description": "search the web using a search engine",
              "parameters": {
                "type": "object",
                "properties": {
                  "query": {
                    "type": "string",
                    "description": "space-separared keywords to search"
                  }
                },
                "required": ["query"]
              }
            }
      }] if color == "白色" else []
    )
    return assistant

def update_sesssion(context, color, turn_message):
    context += f"\n\n{color}帽子: {turn_message}"
    return context

prompt_template = """
{}
======
以上是讨论的上文。
请严格按照你的角色指示，继续你的发言。直接开始你的发言内容。请保持简短。
"""

def create_a_turn(assistant, context):
    thread = client.beta.threads.create()
    message = client.beta.threads.messages.create(
        thread_id=thread.id,
        role="user",
        content=prompt_template.format(context),
    )
    run = client.beta.threads.runs.create(
        assistant_id=assistant.id,
        thread_id=thread.id,
    )
    return run, thread

import time, json

state = 0

def wait_on_run(run, thread):
    """等待 run 结束，返回 run 对象，和成功的结果"""
    def show_rolling_symbol():
        global state
        symbols="\|/-"
        print(f"\r{symbols[state%4]}",end="")
        state += 1
        time.sleep(1)

    def hide_rolling_symbol():
        print("\r",end="")

    while run.status == "queued" or run.status == "in_progress":
        """还未中止"""
        show_rolling_symbol()
        run = client.beta.threads.runs.retrieve(
            thread_id=thread.id,
            run_id=run.id)

    hide_rolling_symbol()
    if run.status == "requires_action":
        """需要调用函数"""
        tool_outputs = []
        for tool_call in run.required_action.submit_tool_outputs.tool_calls:
            name = tool_call.function.name
            print("调用函数：" + name + "()")
            print("参数：")
            print(tool_call.function.arguments)
            function_to_call = available_functions[name]
            arguments = json.loads(tool_call.function.arguments)
            result = function_to_call(**arguments)
            print("结果：" + str(result))
            tool_outputs.append({
                "tool_call_id": tool_call.id,
                "output": json.dumps(result),
            })

        run = client.beta.threads.runs.submit_tool_outputs(
            thread_id=thread.id,
            run_id=run.id,
            tool_outputs=tool_outputs,
        )

        return wait_on_run(run, thread)

    if run.status == "completed":
        """成功"""
        messages = client.beta.threads.messages.list(thread_id=thread.id)
        result = messages.data[0].content[0].text.value
        return run, result

    return run, None

def discuss(topic):
    context = f"讨论话题：{topic}\n\n[开始]\n"
    for hat in queue:
        print(f"---{hat}----")
        assistant = create_assistant(hat)
        new_turn, thread = create_a_turn(assistant, context)
        _, text = wait_on_run(new_turn, thread)
        print(f"{text}\n")
        context = update_sesssion(context, hat, text)

discuss("面向非AI背景的程序员群体设计一门AI大语言模型课程，应该包含哪些内容。")

# %% shown
import re

said = re.sub(r"\r[|/\\-]?", "", reader.said)
white = "".join(
    f'调用函数：search()\n参数：\n{{"query": "{query}"}}\n结果：{serpapi.found(query)}\n' for query in SEARCHED
)
expected = "".join(
    f"---{hat}----\n{white if hat == '白色' else ''}{text}\n\n" for hat, text in zip(queue, HATS_SAID)
)
reader.same(said, expected)
