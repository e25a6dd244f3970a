"""Chapter 4 of a course on agents, of September 2024: the first steps, and the calls that manage the objects."""

# document: Chapter 4 of a course on AI agents: Assistants API, theory and first steps (2024-09)

FEAST = "金秋十月，阳光明媚，带着丰收的喜悦和希望，我们迎来了中华人民共和国成立的庆典——国庆节。"
ANSWERS = {
    "请介绍一下中国中秋节的由来": "中秋节，又称月圆节、团圆节，是中国重要的传统节日之一，通常在农历八月十五日庆祝。",
    "请介绍一下中国国庆节的由来。": "中国国庆节，官方名称为“中华人民共和国成立纪念日”，每年的10月1日是这一重要节日。",
    "写一篇歌颂中国的文章": "在五千年的历史长河中，中国这片广袤的土地，以其独特的文化、丰厚的底蕴和顽强的精神，谱写了一曲激动人心的华美乐章。",
    "写一篇关于孙悟空大闹天宫的精彩战斗故事": "在遥远的古代，天宫中的神仙们过着安详而宁静的生活。",
    "写一篇关于一个小女孩在森林里遇到一只怪兽的故事。详细介绍她的所见所闻，并描述她的心里活动": (
        "在一个阳光明媚的早晨，小女孩小玲决定走出家门，去附近的森林探险。"
    ),
    "写一篇孙悟空大闹天宫的文章": "孙悟空大闹天宫，这是中国古典名著《西游记》中最为人熟知的一个传奇故事。",
    "写一篇国庆节普天同庆的庆祝文章": FEAST,
}
SLOW = {"first_token_ms": 5000}
COUNTED = {"usage": {"prompt_tokens": 4701, "completion_tokens": 820}}
MORE = {"请介绍一下中国国庆节的由来。": SLOW, "写一篇国庆节普天同庆的庆祝文章": COUNTED}
reader.learn(*(reader.part(asked, say=said, **MORE.get(asked, {})) for asked, said in ANSWERS.items()))

# The assistants that the reader of the document had made before, oldest first.
MINI = "gpt-4o-mini-2024-07-18"
WRITER = ("Good writer", "You are an expert at writing excellent literature", MINI, None)
TUTOR = "You are a personal math tutor. When asked a math question, write and run code to answer the question."
TECHNICIAN = (
    "Large language model technical assistant",
    "You are a professional large model technician and apply your basic knowledge to answer large model related questions",
    MINI,
    "file_search",
)
ANALYST = (
    "You're a weather data analyst. When asked for data information, write and run code to answer the question"
)
EARLIER = [
    (None, None, "gpt-4o", None),
    *[WRITER] * 3,
    (None, TUTOR, "gpt-4o-mini", "code_interpreter"),
    *[WRITER] * 3,
    ("Rapper", "You're a famous rapper", "gpt-4o", None),
    *[TECHNICIAN] * 2,
    *[(None, TUTOR, MINI, "code_interpreter")] * 2,
    (None, ANALYST, "gpt-4o", "code_interpreter"),
    ("Data Engineer", ANALYST, MINI, "code_interpreter"),
]


def make(name, instructions, model, tool):
    tools = [{"type": tool}] if tool else []
    resources = {}
    if tool == "file_search":
        store = client.beta.vector_stores.create(name="notes")
        resources = {"file_search": {"vector_store_ids": [store.id]}}
    return client.beta.assistants.create(
        name=name, instructions=instructions, model=model, tools=tools, tool_resources=resources
    )


def only(count, page):
    """A page as it is where nobody else has made assistants."""
    first = page.model_copy()
    first.data, first.last_id, first.has_more = page.data[:count], page.data[count - 1].id, False
    return first


from openai import OpenAI

client = OpenAI()
made = [make(*one) for one in EARLIER]
reader.ids["asst_8vKN3493CeU7hXeIQehmuGvN"] = made[-1].id

# %% 1 The models are listed
# but: the models are those of the installation's provider
from openai import OpenAI

client = OpenAI()

models = client.models.list()
models

# %% shown
reader.same(type(reader.out).__name__, "SyncPage[Model]")
reader.same([(type(m).__name__, m.object, type(m.created), type(m.owned_by)) for m in reader.out.data],
            [("Model", "model", int, str)] * len(reader.out.data))

# %% 2 The models of the page
# but: the models are those of the installation's provider
models.data

# %% shown
reader.same(list(reader.out[0].to_dict()), ["id", "created", "object", "owned_by"])

# %% 3 The first model
# but: the models are those of the installation's provider
models.data[0]

# %% shown
reader.shown(f"Model(id={models.data[0].id!r}, created={models.data[0].created}, object='model', "
             f"owned_by={models.data[0].owned_by!r})")

# %% 4 The ids of all models are printed
# but: the models are those of the installation's provider
for model in models.data:
    print(model.id)

# %% shown
reader.same(reader.said.split(), [model.id for model in models.data])

# %% 5 An assistant is created
from openai import OpenAI

client = OpenAI()

assistant = client.beta.assistants.create(
    model="gpt-4o-mini-2024-07-18",
    name="Good writer",
    instructions="You are an expert at writing excellent literature"
)

# %% 6 The assistant as an object
assistant

# %% shown
reader.shown(
    """Assistant(id='asst_DQ41JJBwmGwhx8LOp6u76lST', created_at=1727257878, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0)"""
)

# %% 7 The assistant as a dictionary
assistant.to_dict()

# %% shown
reader.shown(
    """{'id': 'asst_DQ41JJBwmGwhx8LOp6u76lST', 'created_at': 1727257878, 'description': None,
    'instructions': 'You are an expert at writing excellent literature', 'metadata': {},
    'model': 'gpt-4o-mini-2024-07-18', 'name': 'Good writer', 'object': 'assistant', 'tools': [],
    'response_format': 'auto', 'temperature': 1.0, 'tool_resources': {}, 'top_p': 1.0}"""
)

# %% 8 A thread is created
thread = client.beta.threads.create()

# %% 9 The thread as a dictionary
thread.to_dict()

# %% shown
reader.shown(
    """{'id': 'thread_phxLhtF42ZaswePBms3vVbKf', 'created_at': 1727258023, 'metadata': {}, 'object': 'thread',
    'tool_resources': {}}"""
)

# %% 10 The thread's id
thread.id

# %% shown
reader.shown(
    """'thread_phxLhtF42ZaswePBms3vVbKf'"""
)

# %% 11 A message is added
message = client.beta.threads.messages.create(
  thread_id=thread.id,
  role="user",
  content="写一篇关于一个小女孩在森林里遇到一只怪兽的故事。详细介绍她的所见所闻，并描述她的心里活动"
)

# %% 12 The message as a dictionary
message.to_dict()

# %% shown
reader.shown(
    """{'id': 'msg_6lm5pzwVIfPemH6uBZAshsGZ', 'assistant_id': None, 'attachments': [],
    'content': [{'text': {'annotations': [], 'value': '写一篇关于一个小女孩在森林里遇到一只怪兽的故事。详细介绍她的所见所闻，并描述她的心里活动'},
    'type': 'text'}], 'created_at': 1727258147, 'metadata': {}, 'object': 'thread.message', 'role': 'user',
    'run_id': None, 'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}"""
)

# %% 13 A run is created
run = client.beta.threads.runs.create(
  thread_id=thread.id,
  assistant_id=assistant.id,
)

# %% 14 The run is queued
run.to_dict()

# %% shown
reader.shown(
    """{'id': 'run_iH1Ll2mLI0SdARhAEuec4tz4', 'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST', 'cancelled_at': None,
    'completed_at': None, 'created_at': 1727258230, 'expires_at': 1727258830, 'failed_at': None,
    'incomplete_details': None, 'instructions': 'You are an expert at writing excellent literature',
    'last_error': None, 'max_completion_tokens': None, 'max_prompt_tokens': None, 'metadata': {},
    'model': 'gpt-4o-mini-2024-07-18', 'object': 'thread.run', 'parallel_tool_calls': True, 'required_action': None,
    'response_format': 'auto', 'started_at': None, 'status': 'queued',
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf', 'tool_choice': 'auto', 'tools': [],
    'truncation_strategy': {'type': 'auto', 'last_messages': None}, 'usage': None, 'temperature': 1.0, 'top_p': 1.0,
    'tool_resources': {}}"""
)

# %% meanwhile
reader.ended(client, run)

# %% 15 The messages of the thread are listed
response = client.beta.threads.messages.list(thread_id=thread.id)

# %% 16 The page has the answer in front of the question
response

# %% shown
reader.shown(
    """SyncCursorPage[Message](data=[Message(id='msg_RidBVSlednYxDJb83UpVehqH',
    assistant_id='asst_DQ41JJBwmGwhx8LOp6u76lST', attachments=[], completed_at=None,
    content=[TextContentBlock(text=Text(annotations=[], value='在一个阳光明媚的早晨，小女孩小玲决定走出家门，去附近的森林探险。'), type='text')],
    created_at=1727258232, incomplete_at=None, incomplete_details=None, metadata={}, object='thread.message',
    role='assistant', run_id='run_iH1Ll2mLI0SdARhAEuec4tz4', status=None,
    thread_id='thread_phxLhtF42ZaswePBms3vVbKf'), Message(id='msg_6lm5pzwVIfPemH6uBZAshsGZ', assistant_id=None,
    attachments=[], completed_at=None, content=[TextContentBlock(text=Text(annotations=[],
    value='写一篇关于一个小女孩在森林里遇到一只怪兽的故事。详细介绍她的所见所闻，并描述她的心里活动'), type='text')], created_at=1727258147, incomplete_at=None,
    incomplete_details=None, metadata={}, object='thread.message', role='user', run_id=None, status=None,
    thread_id='thread_phxLhtF42ZaswePBms3vVbKf')], object='list', first_id='msg_RidBVSlednYxDJb83UpVehqH',
    last_id='msg_6lm5pzwVIfPemH6uBZAshsGZ', has_more=False)"""
)

# %% 17 The text of the answer
response.data[0].content[0].text.value

# %% shown
reader.shown(
    """'在一个阳光明媚的早晨，小女孩小玲决定走出家门，去附近的森林探险。'"""
)

# %% 18 A second message is added
message_2 = client.beta.threads.messages.create(
  thread_id=thread.id,
  role="user",
  content="写一篇关于孙悟空大闹天宫的精彩战斗故事"
)

# %% 19 A second run is created
run_2 = client.beta.threads.runs.create(
  thread_id=thread.id,
  assistant_id=assistant.id,
)

# %% 20 The second run is queued
run_2.to_dict()

# %% shown
reader.shown(
    """{'id': 'run_sSvOaN2szuGCHYS8AmTEtLHW', 'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST', 'cancelled_at': None,
    'completed_at': None, 'created_at': 1727258511, 'expires_at': 1727259111, 'failed_at': None,
    'incomplete_details': None, 'instructions': 'You are an expert at writing excellent literature',
    'last_error': None, 'max_completion_tokens': None, 'max_prompt_tokens': None, 'metadata': {},
    'model': 'gpt-4o-mini-2024-07-18', 'object': 'thread.run', 'parallel_tool_calls': True, 'required_action': None,
    'response_format': 'auto', 'started_at': None, 'status': 'queued',
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf', 'tool_choice': 'auto', 'tools': [],
    'truncation_strategy': {'type': 'auto', 'last_messages': None}, 'usage': None, 'temperature': 1.0, 'top_p': 1.0,
    'tool_resources': {}}"""
)

# %% meanwhile
reader.ended(client, run_2)

# %% 21 The messages are listed again
response_2 = client.beta.threads.messages.list(thread_id=thread.id)

# %% 22 Both questions and answers, newest first
response_2.to_dict()

# %% shown
reader.shown(
    """{'data': [{'id': 'msg_kIG2Cxn2lqJ42dGYmLUdNEen', 'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST',
    'attachments': [], 'content': [{'text': {'annotations': [], 'value': '在遥远的古代，天宫中的神仙们过着安详而宁静的生活。'},
    'type': 'text'}], 'created_at': 1727258513, 'metadata': {}, 'object': 'thread.message', 'role': 'assistant',
    'run_id': 'run_sSvOaN2szuGCHYS8AmTEtLHW', 'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'},
    {'id': 'msg_mcVj20d1FQDLX69oHQ2Ci9sH', 'assistant_id': None, 'attachments': [],
    'content': [{'text': {'annotations': [], 'value': '写一篇关于孙悟空大闹天宫的精彩战斗故事'}, 'type': 'text'}],
    'created_at': 1727258509, 'metadata': {}, 'object': 'thread.message', 'role': 'user', 'run_id': None,
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_RidBVSlednYxDJb83UpVehqH',
    'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST', 'attachments': [], 'content': [{'text': {'annotations': [],
    'value': '在一个阳光明媚的早晨，小女孩小玲决定走出家门，去附近的森林探险。'}, 'type': 'text'}], 'created_at': 1727258232, 'metadata': {},
    'object': 'thread.message', 'role': 'assistant', 'run_id': 'run_iH1Ll2mLI0SdARhAEuec4tz4',
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_6lm5pzwVIfPemH6uBZAshsGZ', 'assistant_id': None,
    'attachments': [], 'content': [{'text': {'annotations': [],
    'value': '写一篇关于一个小女孩在森林里遇到一只怪兽的故事。详细介绍她的所见所闻，并描述她的心里活动'}, 'type': 'text'}], 'created_at': 1727258147,
    'metadata': {}, 'object': 'thread.message', 'role': 'user', 'run_id': None,
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}], 'object': 'list', 'first_id': 'msg_kIG2Cxn2lqJ42dGYmLUdNEen',
    'last_id': 'msg_6lm5pzwVIfPemH6uBZAshsGZ', 'has_more': False}"""
)

# %% 23 A third message is added
message_3 = client.beta.threads.messages.create(
  thread_id=thread.id,
  role="user",
  content="写一篇歌颂中国的文章"
)

# %% 24 A third run is created
run_3 = client.beta.threads.runs.create(
  thread_id=thread.id,
  assistant_id=assistant.id,
)

# %% meanwhile
reader.ended(client, run_3)

# %% 25 Six messages, newest first
response_3 = client.beta.threads.messages.list(thread_id=thread.id)
response_3.to_dict()

# %% shown
reader.shown(
    """{'data': [{'id': 'msg_UX7AnTOJaU8r8S8gXq61qLlD', 'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST',
    'attachments': [], 'content': [{'text': {'annotations': [],
    'value': '在五千年的历史长河中，中国这片广袤的土地，以其独特的文化、丰厚的底蕴和顽强的精神，谱写了一曲激动人心的华美乐章。'}, 'type': 'text'}],
    'created_at': 1727258571, 'metadata': {}, 'object': 'thread.message', 'role': 'assistant',
    'run_id': 'run_gOulKAcAQ33LgA5tFkUs72Ms', 'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'},
    {'id': 'msg_sepBrjj6bou4jSW3pgUmhKY7', 'assistant_id': None, 'attachments': [],
    'content': [{'text': {'annotations': [], 'value': '写一篇歌颂中国的文章'}, 'type': 'text'}], 'created_at': 1727258568,
    'metadata': {}, 'object': 'thread.message', 'role': 'user', 'run_id': None,
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_kIG2Cxn2lqJ42dGYmLUdNEen',
    'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST', 'attachments': [], 'content': [{'text': {'annotations': [],
    'value': '在遥远的古代，天宫中的神仙们过着安详而宁静的生活。'}, 'type': 'text'}], 'created_at': 1727258513, 'metadata': {},
    'object': 'thread.message', 'role': 'assistant', 'run_id': 'run_sSvOaN2szuGCHYS8AmTEtLHW',
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_mcVj20d1FQDLX69oHQ2Ci9sH', 'assistant_id': None,
    'attachments': [], 'content': [{'text': {'annotations': [], 'value': '写一篇关于孙悟空大闹天宫的精彩战斗故事'}, 'type': 'text'}],
    'created_at': 1727258509, 'metadata': {}, 'object': 'thread.message', 'role': 'user', 'run_id': None,
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_RidBVSlednYxDJb83UpVehqH',
    'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST', 'attachments': [], 'content': [{'text': {'annotations': [],
    'value': '在一个阳光明媚的早晨，小女孩小玲决定走出家门，去附近的森林探险。'}, 'type': 'text'}], 'created_at': 1727258232, 'metadata': {},
    'object': 'thread.message', 'role': 'assistant', 'run_id': 'run_iH1Ll2mLI0SdARhAEuec4tz4',
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_6lm5pzwVIfPemH6uBZAshsGZ', 'assistant_id': None,
    'attachments': [], 'content': [{'text': {'annotations': [],
    'value': '写一篇关于一个小女孩在森林里遇到一只怪兽的故事。详细介绍她的所见所闻，并描述她的心里活动'}, 'type': 'text'}], 'created_at': 1727258147,
    'metadata': {}, 'object': 'thread.message', 'role': 'user', 'run_id': None,
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}], 'object': 'list', 'first_id': 'msg_UX7AnTOJaU8r8S8gXq61qLlD',
    'last_id': 'msg_6lm5pzwVIfPemH6uBZAshsGZ', 'has_more': False}"""
)

# %% 26 A fourth message and its run, in one cell
# changed: the simulated model takes five seconds for this answer, so that the run is active in the next sample
message_4 = client.beta.threads.messages.create(
  thread_id=thread.id,
  role="user",
  content="请介绍一下中国国庆节的由来。"
)

run_4 = client.beta.threads.runs.create(
  thread_id=thread.id,
  assistant_id=assistant.id,
)

# %% 27 A message is refused while the run is active
message_5 = client.beta.threads.messages.create(
  thread_id=thread.id,
  role="user",
  content="请介绍一下中国中秋节的由来"
)

# %% shown
reader.same((type(reader.raised).__name__, reader.raised.status_code), ("BadRequestError", 400))
reader.holds(str(reader.raised).startswith("Error code: 400 - {'error': {'message': "), str(reader.raised))
reader.shown(
    """{'message': "Can't add messages to thread_phxLhtF42ZaswePBms3vVbKf while a run run_Ognzli64rArWvniwD8JlHdIG is active.",
    'type': 'invalid_request_error', 'param': None, 'code': None}""",
    of=reader.raised.body,
)

# %% meanwhile
reader.ended(client, run_4)

# %% 28 The message is added a little later
message_5 = client.beta.threads.messages.create(
  thread_id=thread.id,
  role="user",
  content="请介绍一下中国中秋节的由来"
)

# %% 29 A run for it is created
run_5 = client.beta.threads.runs.create(
  thread_id=thread.id,
  assistant_id=assistant.id,
)

# %% meanwhile
reader.ended(client, run_5)

# %% 30 The messages are listed a fifth time
response_5 = client.beta.threads.messages.list(thread_id=thread.id)

# %% 31 Ten messages, newest first
response_5.to_dict()

# %% shown
reader.shown(
    """{'data': [{'id': 'msg_6y7860KFwCPfUKmwDBjjwICG', 'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST',
    'attachments': [], 'content': [{'text': {'annotations': [],
    'value': '中秋节，又称月圆节、团圆节，是中国重要的传统节日之一，通常在农历八月十五日庆祝。'}, 'type': 'text'}], 'created_at': 1727258674,
    'metadata': {}, 'object': 'thread.message', 'role': 'assistant', 'run_id': 'run_JNUExWKYaPqWshcavHhXuv9u',
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_AGUByv2ZnSyG0FQBVI4MkPgb', 'assistant_id': None,
    'attachments': [], 'content': [{'text': {'annotations': [], 'value': '请介绍一下中国中秋节的由来'}, 'type': 'text'}],
    'created_at': 1727258665, 'metadata': {}, 'object': 'thread.message', 'role': 'user', 'run_id': None,
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_G9GzTuU3jChRiuikJcwW4AFc',
    'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST', 'attachments': [], 'content': [{'text': {'annotations': [],
    'value': '中国国庆节，官方名称为“中华人民共和国成立纪念日”，每年的10月1日是这一重要节日。'}, 'type': 'text'}], 'created_at': 1727258631,
    'metadata': {}, 'object': 'thread.message', 'role': 'assistant', 'run_id': 'run_Ognzli64rArWvniwD8JlHdIG',
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_0PjJNBLRcJ4yfKMah5WgUKdQ', 'assistant_id': None,
    'attachments': [], 'content': [{'text': {'annotations': [], 'value': '请介绍一下中国国庆节的由来。'}, 'type': 'text'}],
    'created_at': 1727258629, 'metadata': {}, 'object': 'thread.message', 'role': 'user', 'run_id': None,
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_UX7AnTOJaU8r8S8gXq61qLlD',
    'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST', 'attachments': [], 'content': [{'text': {'annotations': [],
    'value': '在五千年的历史长河中，中国这片广袤的土地，以其独特的文化、丰厚的底蕴和顽强的精神，谱写了一曲激动人心的华美乐章。'}, 'type': 'text'}],
    'created_at': 1727258571, 'metadata': {}, 'object': 'thread.message', 'role': 'assistant',
    'run_id': 'run_gOulKAcAQ33LgA5tFkUs72Ms', 'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'},
    {'id': 'msg_sepBrjj6bou4jSW3pgUmhKY7', 'assistant_id': None, 'attachments': [],
    'content': [{'text': {'annotations': [], 'value': '写一篇歌颂中国的文章'}, 'type': 'text'}], 'created_at': 1727258568,
    'metadata': {}, 'object': 'thread.message', 'role': 'user', 'run_id': None,
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_kIG2Cxn2lqJ42dGYmLUdNEen',
    'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST', 'attachments': [], 'content': [{'text': {'annotations': [],
    'value': '在遥远的古代，天宫中的神仙们过着安详而宁静的生活。'}, 'type': 'text'}], 'created_at': 1727258513, 'metadata': {},
    'object': 'thread.message', 'role': 'assistant', 'run_id': 'run_sSvOaN2szuGCHYS8AmTEtLHW',
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_mcVj20d1FQDLX69oHQ2Ci9sH', 'assistant_id': None,
    'attachments': [], 'content': [{'text': {'annotations': [], 'value': '写一篇关于孙悟空大闹天宫的精彩战斗故事'}, 'type': 'text'}],
    'created_at': 1727258509, 'metadata': {}, 'object': 'thread.message', 'role': 'user', 'run_id': None,
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_RidBVSlednYxDJb83UpVehqH',
    'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST', 'attachments': [], 'content': [{'text': {'annotations': [],
    'value': '在一个阳光明媚的早晨，小女孩小玲决定走出家门，去附近的森林探险。'}, 'type': 'text'}], 'created_at': 1727258232, 'metadata': {},
    'object': 'thread.message', 'role': 'assistant', 'run_id': 'run_iH1Ll2mLI0SdARhAEuec4tz4',
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}, {'id': 'msg_6lm5pzwVIfPemH6uBZAshsGZ', 'assistant_id': None,
    'attachments': [], 'content': [{'text': {'annotations': [],
    'value': '写一篇关于一个小女孩在森林里遇到一只怪兽的故事。详细介绍她的所见所闻，并描述她的心里活动'}, 'type': 'text'}], 'created_at': 1727258147,
    'metadata': {}, 'object': 'thread.message', 'role': 'user', 'run_id': None,
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf'}], 'object': 'list', 'first_id': 'msg_6y7860KFwCPfUKmwDBjjwICG',
    'last_id': 'msg_6lm5pzwVIfPemH6uBZAshsGZ', 'has_more': False}"""
)

# %% 32 The newest answer
# but: the document shows the text of an earlier answer
response_5.data[0].content[0].text.value

# %% shown
reader.same(reader.out, '中秋节，又称月圆节、团圆节，是中国重要的传统节日之一，通常在农历八月十五日庆祝。')

# %% 33 The newest answer, read again
# but: the document shows the text of an earlier answer
response_5.data[0].content[0].text.value

# %% shown
reader.same(reader.out, '中秋节，又称月圆节、团圆节，是中国重要的传统节日之一，通常在农历八月十五日庆祝。')

# %% 34 A message for a run that is watched
message_6 = client.beta.threads.messages.create(
  thread_id=thread.id,
  role="user",
  content="写一篇国庆节普天同庆的庆祝文章"
)

# %% 35 A run is polled until it is completed
run = client.beta.threads.runs.create(
  thread_id=thread.id,
  assistant_id=assistant.id
)

print(f"run: {run}")

while run.status !="completed":
  run = client.beta.threads.runs.retrieve(
    thread_id=thread.id,
    run_id=run.id
  )
  print(f"run_status:{run.status}")

messages = client.beta.threads.messages.list(
  thread_id=thread.id
)

print(f"Final Answer:{messages.data[0].content[0].text.value}")

# %% shown
created, *polls, answer = reader.said.splitlines()
reader.shown(
    """Run(id='run_9N5VTDdJ0HvqfOcWmusNNlk4', assistant_id='asst_DQ41JJBwmGwhx8LOp6u76lST', cancelled_at=None,
    completed_at=None, created_at=1727258757, expires_at=1727259357, failed_at=None, incomplete_details=None,
    instructions='You are an expert at writing excellent literature', last_error=None, max_completion_tokens=None,
    max_prompt_tokens=None, metadata={}, model='gpt-4o-mini-2024-07-18', object='thread.run',
    parallel_tool_calls=True, required_action=None, response_format='auto', started_at=None, status='queued',
    thread_id='thread_phxLhtF42ZaswePBms3vVbKf', tool_choice='auto', tools=[],
    truncation_strategy=TruncationStrategy(type='auto', last_messages=None), usage=None, temperature=1.0, top_p=1.0,
    tool_resources={})""",
    of=created.removeprefix("run: "),
)
reader.holds(set(polls[:-1]) <= {"run_status:queued", "run_status:in_progress"}, polls)
reader.same((polls[-1], answer), ("run_status:completed", "Final Answer:" + FEAST))

# %% 36 The run has ended
run.to_dict()

# %% shown
reader.shown(
    """{'id': 'run_9N5VTDdJ0HvqfOcWmusNNlk4', 'assistant_id': 'asst_DQ41JJBwmGwhx8LOp6u76lST', 'cancelled_at': None,
    'completed_at': 1727258769, 'created_at': 1727258757, 'expires_at': None, 'failed_at': None,
    'incomplete_details': None, 'instructions': 'You are an expert at writing excellent literature',
    'last_error': None, 'max_completion_tokens': None, 'max_prompt_tokens': None, 'metadata': {},
    'model': 'gpt-4o-mini-2024-07-18', 'object': 'thread.run', 'parallel_tool_calls': True, 'required_action': None,
    'response_format': 'auto', 'started_at': 1727258757, 'status': 'completed',
    'thread_id': 'thread_phxLhtF42ZaswePBms3vVbKf', 'tool_choice': 'auto', 'tools': [],
    'truncation_strategy': {'type': 'auto', 'last_messages': None}, 'usage': {'completion_tokens': 820,
    'prompt_tokens': 4701, 'total_tokens': 5521}, 'temperature': 1.0, 'top_p': 1.0, 'tool_resources': {}}"""
)

# %% 37 The newest twenty assistants
my_assistants = client.beta.assistants.list(
    order="desc",
    limit="20",
)

my_assistants

# %% shown
reader.shown(
    """SyncCursorPage[Assistant](data=[Assistant(id='asst_DQ41JJBwmGwhx8LOp6u76lST', created_at=1727257878,
    description=None, instructions='You are an expert at writing excellent literature', metadata={},
    model='gpt-4o-mini-2024-07-18', name='Good writer', object='assistant', tools=[], response_format='auto',
    temperature=1.0, tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_8vKN3493CeU7hXeIQehmuGvN', created_at=1727246130, description=None,
    instructions="You're a weather data analyst. When asked for data information, write and run code to answer the question",
    metadata={}, model='gpt-4o-mini-2024-07-18', name='Data Engineer', object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0), Assistant(id='asst_Dr2MOXMYsrMJfw1yXQVdlI02', created_at=1727245668, description=None,
    instructions="You're a weather data analyst. When asked for data information, write and run code to answer the question",
    metadata={}, model='gpt-4o', name=None, object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0), Assistant(id='asst_Tn6kggssCtE3Sm1OOt2wR8u1', created_at=1727245438, description=None,
    instructions='You are a personal math tutor. When asked a math question, write and run code to answer the question.',
    metadata={}, model='gpt-4o-mini-2024-07-18', name=None, object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0), Assistant(id='asst_ImmqBsjcXjx7QFSvrNnXp8bE', created_at=1727244786, description=None,
    instructions='You are a personal math tutor. When asked a math question, write and run code to answer the question.',
    metadata={}, model='gpt-4o-mini-2024-07-18', name=None, object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0), Assistant(id='asst_YVVrTWIleUp1kW1LfSivLMGx', created_at=1727242799, description=None,
    instructions='You are a professional large model technician and apply your basic knowledge to answer large model related questions',
    metadata={}, model='gpt-4o-mini-2024-07-18', name='Large language model technical assistant',
    object='assistant', tools=[FileSearchTool(type='file_search', file_search=FileSearch(max_num_results=None,
    ranking_options=FileSearchRankingOptions(ranker='default_2024_08_21', score_threshold=0.0)))],
    response_format='auto', temperature=1.0, tool_resources=ToolResources(code_interpreter=None,
    file_search=ToolResourcesFileSearch(vector_store_ids=['vs_mvo18j1hnb0KdLIYHmfgp4GV'])), top_p=1.0),
    Assistant(id='asst_hwo9M8PZ1rb5paYc1HIxbrZ6', created_at=1727240192, description=None,
    instructions='You are a professional large model technician and apply your basic knowledge to answer large model related questions',
    metadata={}, model='gpt-4o-mini-2024-07-18', name='Large language model technical assistant',
    object='assistant', tools=[FileSearchTool(type='file_search', file_search=FileSearch(max_num_results=None,
    ranking_options=FileSearchRankingOptions(ranker='default_2024_08_21', score_threshold=0.0)))],
    response_format='auto', temperature=1.0, tool_resources=ToolResources(code_interpreter=None,
    file_search=ToolResourcesFileSearch(vector_store_ids=['vs_azZDjx3FJSYRuTSWnvMy3YK5'])), top_p=1.0),
    Assistant(id='asst_cMQnlR2yIgBk10BDVWPcr4O8', created_at=1727231557, description=None,
    instructions="You're a famous rapper", metadata={}, model='gpt-4o', name='Rapper', object='assistant', tools=[],
    response_format='auto', temperature=1.0, tool_resources=ToolResources(code_interpreter=None, file_search=None),
    top_p=1.0), Assistant(id='asst_as4c0KkmhlQdgGbWG1RKkTtP', created_at=1727174681, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_qlUKlRhgjgxnQt0p8U3k6a77', created_at=1727158169, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_eLvnLNmFdWSIBsZrnmXd5Aj9', created_at=1727158110, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_NluLwyvHjnaWdV7fnS5o0TrZ', created_at=1727099705, description=None,
    instructions='You are a personal math tutor. When asked a math question, write and run code to answer the question.',
    metadata={}, model='gpt-4o-mini', name=None, object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0), Assistant(id='asst_DSeBLisl39hJxnk7ATRgA0ZU', created_at=1727078114, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_ycpzIFtcdFDlawP9Kq44Mlxp', created_at=1727075672, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_8IKLyUXHtwtYceWvScPqIJQU', created_at=1727072023, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_BzQOahZoTWv1ijn86a0NCYjy', created_at=1724223112, description=None, instructions=None,
    metadata={}, model='gpt-4o', name=None, object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0)], object='list',
    first_id='asst_DQ41JJBwmGwhx8LOp6u76lST', last_id='asst_BzQOahZoTWv1ijn86a0NCYjy', has_more=False)""",
    of=only(16, my_assistants),
)

# %% 38 The assistants of the page
my_assistants.data

# %% shown
reader.shown(
    """[Assistant(id='asst_DQ41JJBwmGwhx8LOp6u76lST', created_at=1727257878, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_8vKN3493CeU7hXeIQehmuGvN', created_at=1727246130, description=None,
    instructions="You're a weather data analyst. When asked for data information, write and run code to answer the question",
    metadata={}, model='gpt-4o-mini-2024-07-18', name='Data Engineer', object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0), Assistant(id='asst_Dr2MOXMYsrMJfw1yXQVdlI02', created_at=1727245668, description=None,
    instructions="You're a weather data analyst. When asked for data information, write and run code to answer the question",
    metadata={}, model='gpt-4o', name=None, object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0), Assistant(id='asst_Tn6kggssCtE3Sm1OOt2wR8u1', created_at=1727245438, description=None,
    instructions='You are a personal math tutor. When asked a math question, write and run code to answer the question.',
    metadata={}, model='gpt-4o-mini-2024-07-18', name=None, object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0), Assistant(id='asst_ImmqBsjcXjx7QFSvrNnXp8bE', created_at=1727244786, description=None,
    instructions='You are a personal math tutor. When asked a math question, write and run code to answer the question.',
    metadata={}, model='gpt-4o-mini-2024-07-18', name=None, object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0), Assistant(id='asst_YVVrTWIleUp1kW1LfSivLMGx', created_at=1727242799, description=None,
    instructions='You are a professional large model technician and apply your basic knowledge to answer large model related questions',
    metadata={}, model='gpt-4o-mini-2024-07-18', name='Large language model technical assistant',
    object='assistant', tools=[FileSearchTool(type='file_search', file_search=FileSearch(max_num_results=None,
    ranking_options=FileSearchRankingOptions(ranker='default_2024_08_21', score_threshold=0.0)))],
    response_format='auto', temperature=1.0, tool_resources=ToolResources(code_interpreter=None,
    file_search=ToolResourcesFileSearch(vector_store_ids=['vs_mvo18j1hnb0KdLIYHmfgp4GV'])), top_p=1.0),
    Assistant(id='asst_hwo9M8PZ1rb5paYc1HIxbrZ6', created_at=1727240192, description=None,
    instructions='You are a professional large model technician and apply your basic knowledge to answer large model related questions',
    metadata={}, model='gpt-4o-mini-2024-07-18', name='Large language model technical assistant',
    object='assistant', tools=[FileSearchTool(type='file_search', file_search=FileSearch(max_num_results=None,
    ranking_options=FileSearchRankingOptions(ranker='default_2024_08_21', score_threshold=0.0)))],
    response_format='auto', temperature=1.0, tool_resources=ToolResources(code_interpreter=None,
    file_search=ToolResourcesFileSearch(vector_store_ids=['vs_azZDjx3FJSYRuTSWnvMy3YK5'])), top_p=1.0),
    Assistant(id='asst_cMQnlR2yIgBk10BDVWPcr4O8', created_at=1727231557, description=None,
    instructions="You're a famous rapper", metadata={}, model='gpt-4o', name='Rapper', object='assistant', tools=[],
    response_format='auto', temperature=1.0, tool_resources=ToolResources(code_interpreter=None, file_search=None),
    top_p=1.0), Assistant(id='asst_as4c0KkmhlQdgGbWG1RKkTtP', created_at=1727174681, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_qlUKlRhgjgxnQt0p8U3k6a77', created_at=1727158169, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_eLvnLNmFdWSIBsZrnmXd5Aj9', created_at=1727158110, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_NluLwyvHjnaWdV7fnS5o0TrZ', created_at=1727099705, description=None,
    instructions='You are a personal math tutor. When asked a math question, write and run code to answer the question.',
    metadata={}, model='gpt-4o-mini', name=None, object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0), Assistant(id='asst_DSeBLisl39hJxnk7ATRgA0ZU', created_at=1727078114, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_ycpzIFtcdFDlawP9Kq44Mlxp', created_at=1727075672, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_8IKLyUXHtwtYceWvScPqIJQU', created_at=1727072023, description=None,
    instructions='You are an expert at writing excellent literature', metadata={}, model='gpt-4o-mini-2024-07-18',
    name='Good writer', object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0),
    Assistant(id='asst_BzQOahZoTWv1ijn86a0NCYjy', created_at=1724223112, description=None, instructions=None,
    metadata={}, model='gpt-4o', name=None, object='assistant', tools=[], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=None, file_search=None), top_p=1.0)]""",
    of=my_assistants.data[:16],
)

# %% 39 The ids of all assistants are printed
for assistant_id in my_assistants.data:
    print(f"assistant_id:{assistant_id.id}")

# %% shown
reader.same(reader.said.splitlines()[:16], [f"assistant_id:{one.id}" for one in my_assistants.data[:16]])

# %% 40 An assistant is retrieved
# changed: the id is that of an assistant of the reader, as the document says
my_assistant = client.beta.assistants.retrieve("asst_8vKN3493CeU7hXeIQehmuGvN")
print(my_assistant)

# %% shown
reader.shown(
    """Assistant(id='asst_8vKN3493CeU7hXeIQehmuGvN', created_at=1727246130, description=None,
    instructions="You're a weather data analyst. When asked for data information, write and run code to answer the question",
    metadata={}, model='gpt-4o-mini-2024-07-18', name='Data Engineer', object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0)""",
    of=reader.said,
)

# %% 41 An assistant is changed
# changed: the id is that of an assistant of the reader, as the document says
my_updated_assistant = client.beta.assistants.update(
  "asst_8vKN3493CeU7hXeIQehmuGvN",
  instructions="You're a famous rapper",
  name="Rapper",
  model="gpt-4o"
)

print(my_updated_assistant)

# %% shown
reader.shown(
    """Assistant(id='asst_8vKN3493CeU7hXeIQehmuGvN', created_at=1727246130, description=None,
    instructions="You're a famous rapper", metadata={}, model='gpt-4o', name='Rapper', object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0)""",
    of=reader.said,
)

# %% 42 The changed assistant is retrieved
# changed: the id is that of an assistant of the reader, as the document says
my_assistant = client.beta.assistants.retrieve("asst_8vKN3493CeU7hXeIQehmuGvN")
print(my_assistant)

# %% shown
reader.shown(
    """Assistant(id='asst_8vKN3493CeU7hXeIQehmuGvN', created_at=1727246130, description=None,
    instructions="You're a famous rapper", metadata={}, model='gpt-4o', name='Rapper', object='assistant',
    tools=[CodeInterpreterTool(type='code_interpreter')], response_format='auto', temperature=1.0,
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None),
    top_p=1.0)""",
    of=reader.said,
)

# %% meanwhile
reader.ids["asst_21B2vdnzwmWMW70UGldP4eox"] = client.beta.assistants.create(model="gpt-4o").id

# %% 43 An assistant is deleted
# changed: the id is that of an assistant of the reader, as the document says
response = client.beta.assistants.delete("asst_21B2vdnzwmWMW70UGldP4eox")
print(response)

# %% shown
reader.shown(
    """AssistantDeleted(id='asst_21B2vdnzwmWMW70UGldP4eox', deleted=True, object='assistant.deleted')""",
    of=reader.said,
)

# %% 44 The thread's id, once more
thread.id

# %% shown
reader.shown(
    """'thread_phxLhtF42ZaswePBms3vVbKf'"""
)

# %% 45 The thread is retrieved
my_thread = client.beta.threads.retrieve(thread_id=thread.id)
print(my_thread)

# %% shown
reader.shown(
    """Thread(id='thread_phxLhtF42ZaswePBms3vVbKf', created_at=1727258023, metadata={}, object='thread',
    tool_resources=ToolResources(code_interpreter=ToolResourcesCodeInterpreter(file_ids=[]), file_search=None))""",
    of=reader.said,
)

# %% 46 The thread is deleted
response = client.beta.threads.delete(thread_id=thread.id)
print(response)

# %% shown
reader.shown(
    """ThreadDeleted(id='thread_phxLhtF42ZaswePBms3vVbKf', deleted=True, object='thread.deleted')""",
    of=reader.said,
)

# %% 47 Another thread is created
thread = client.beta.threads.create()

# %% 48 A message is added to it
message = client.beta.threads.messages.create(
  thread_id=thread.id,
  role="user",
  content="写一篇国庆节普天同庆的庆祝文章"
)

# %% 49 The assistant's id
assistant.id

# %% shown
reader.shown(
    """'asst_DQ41JJBwmGwhx8LOp6u76lST'"""
)

# %% 50 A run on the other thread
run = client.beta.threads.runs.create(
  thread_id=thread.id,
  assistant_id=assistant.id
)

# %% meanwhile
reader.ended(client, run)

# %% 51 A second message and its run
message = client.beta.threads.messages.create(
  thread_id=thread.id,
  role="user",
  content="写一篇孙悟空大闹天宫的文章"
)

run = client.beta.threads.runs.create(
  thread_id=thread.id,
  assistant_id=assistant.id
)

# %% 52 The other thread's id
thread.id

# %% shown
reader.shown(
    """'thread_dstOmhwqyx1g1RzX3ftM7Tim'"""
)

# %% meanwhile
reader.ended(client, run)

# %% 53 The messages of the other thread
# but: the document's model had another text for the same wish
thread_messages = client.beta.threads.messages.list(thread_id=thread.id)
print(thread_messages.data)

# %% shown
reader.shown(
    """[Message(id='msg_22YNQLsNI5kH3ignCRvrqQTj', assistant_id='asst_DQ41JJBwmGwhx8LOp6u76lST', attachments=[],
    completed_at=None, content=[TextContentBlock(text=Text(annotations=[],
    value='孙悟空大闹天宫，这是中国古典名著《西游记》中最为人熟知的一个传奇故事。'), type='text')], created_at=1727259237, incomplete_at=None,
    incomplete_details=None, metadata={}, object='thread.message', role='assistant',
    run_id='run_C2o4FYFeHJOpStdmawjHI6yy', status=None, thread_id='thread_dstOmhwqyx1g1RzX3ftM7Tim'),
    Message(id='msg_NPk910I9gqo3McV2LyiFysVS', assistant_id=None, attachments=[], completed_at=None,
    content=[TextContentBlock(text=Text(annotations=[], value='写一篇孙悟空大闹天宫的文章'), type='text')],
    created_at=1727259236, incomplete_at=None, incomplete_details=None, metadata={}, object='thread.message',
    role='user', run_id=None, status=None, thread_id='thread_dstOmhwqyx1g1RzX3ftM7Tim'),
    Message(id='msg_8fQ9eatSlRB6WZjCOcBLbYJO', assistant_id='asst_DQ41JJBwmGwhx8LOp6u76lST', attachments=[],
    completed_at=None, content=[TextContentBlock(text=Text(annotations=[],
    value='金秋十月，阳光明媚，带着丰收的喜悦和希望，我们迎来了中华人民共和国成立的庆典——国庆节。'), type='text')], created_at=1727259218, incomplete_at=None,
    incomplete_details=None, metadata={}, object='thread.message', role='assistant',
    run_id='run_uour0tewEbwsUy580jZlzmlW', status=None, thread_id='thread_dstOmhwqyx1g1RzX3ftM7Tim'),
    Message(id='msg_lnuJ88Eme33fawsA5GzCqt8o', assistant_id=None, attachments=[], completed_at=None,
    content=[TextContentBlock(text=Text(annotations=[], value='写一篇国庆节普天同庆的庆祝文章'), type='text')],
    created_at=1727259210, incomplete_at=None, incomplete_details=None, metadata={}, object='thread.message',
    role='user', run_id=None, status=None, thread_id='thread_dstOmhwqyx1g1RzX3ftM7Tim')]""",
    of=reader.said,
)

# %% 54 All messages, page by page until one is empty
thread_id = thread.id
all_messages = []

limit = 100
after = None

while True:
    response = client.beta.threads.messages.list(thread_id, limit=limit, after=after)
    messages = response.data
    if not messages:
        break
    all_messages.extend(messages)

    after = messages[-1].id

print(f"Total messages retrieved: {len(all_messages)}")

# %% shown
reader.same(reader.said, "Total messages retrieved: 4\n")

# %% 55 All messages are printed
# but: the document's model had another text for the same wish
print(f"Total messages retrieved: {all_messages}")

# %% shown
reader.shown(
    """[Message(id='msg_22YNQLsNI5kH3ignCRvrqQTj', assistant_id='asst_DQ41JJBwmGwhx8LOp6u76lST', attachments=[],
    completed_at=None, content=[TextContentBlock(text=Text(annotations=[],
    value='孙悟空大闹天宫，这是中国古典名著《西游记》中最为人熟知的一个传奇故事。'), type='text')], created_at=1727259237, incomplete_at=None,
    incomplete_details=None, metadata={}, object='thread.message', role='assistant',
    run_id='run_C2o4FYFeHJOpStdmawjHI6yy', status=None, thread_id='thread_dstOmhwqyx1g1RzX3ftM7Tim'),
    Message(id='msg_NPk910I9gqo3McV2LyiFysVS', assistant_id=None, attachments=[], completed_at=None,
    content=[TextContentBlock(text=Text(annotations=[], value='写一篇孙悟空大闹天宫的文章'), type='text')],
    created_at=1727259236, incomplete_at=None, incomplete_details=None, metadata={}, object='thread.message',
    role='user', run_id=None, status=None, thread_id='thread_dstOmhwqyx1g1RzX3ftM7Tim'),
    Message(id='msg_8fQ9eatSlRB6WZjCOcBLbYJO', assistant_id='asst_DQ41JJBwmGwhx8LOp6u76lST', attachments=[],
    completed_at=None, content=[TextContentBlock(text=Text(annotations=[],
    value='金秋十月，阳光明媚，带着丰收的喜悦和希望，我们迎来了中华人民共和国成立的庆典——国庆节。'), type='text')], created_at=1727259218, incomplete_at=None,
    incomplete_details=None, metadata={}, object='thread.message', role='assistant',
    run_id='run_uour0tewEbwsUy580jZlzmlW', status=None, thread_id='thread_dstOmhwqyx1g1RzX3ftM7Tim'),
    Message(id='msg_lnuJ88Eme33fawsA5GzCqt8o', assistant_id=None, attachments=[], completed_at=None,
    content=[TextContentBlock(text=Text(annotations=[], value='写一篇国庆节普天同庆的庆祝文章'), type='text')],
    created_at=1727259210, incomplete_at=None, incomplete_details=None, metadata={}, object='thread.message',
    role='user', run_id=None, status=None, thread_id='thread_dstOmhwqyx1g1RzX3ftM7Tim')]""",
    of=reader.said.removeprefix("Total messages retrieved: "),
)
