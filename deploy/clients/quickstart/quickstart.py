from openai import OpenAI

client = OpenAI()  # reads OPENAI_BASE_URL and OPENAI_API_KEY

tutor = client.beta.assistants.create(
    name="Math Tutor",
    instructions="You are a personal math tutor.",
    model="gpt-4o",
)
thread = client.beta.threads.create(
    messages=[{"role": "user", "content": "Can you help me to solve 3x + 11 = 14?"}]
)

# Streamed: the answer appears while the model writes it.
with client.beta.threads.runs.stream(thread_id=thread.id, assistant_id=tutor.id) as stream:
    for words in stream.text_deltas:
        print(words, end="", flush=True)
print()

# Polled: ask again, wait for the run to end, read the newest message.
client.beta.threads.messages.create(thread_id=thread.id, role="user", content="And 5x + 20 = 30?")
run = client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=tutor.id)
answer = client.beta.threads.messages.list(thread_id=thread.id, limit=1).data[0]
print(run.status, answer.content[0].text.value, sep=": ")
