from openai import OpenAI

client = OpenAI()  # reads OPENAI_BASE_URL and OPENAI_API_KEY

painter = client.beta.assistants.create(
    name="Poster painter",
    instructions="Find out what is asked for, name your sources, and draw it.",
    model="gpt-4o",
    tools=[{"type": "web_search"}, {"type": "image_to_text"}, {"type": "text_to_image"}],
)
thread = client.beta.threads.create(
    messages=[{"role": "user", "content": "Please make a poster about tomorrow's tide"}]
)


def show(message):
    """The picture, which stands before the text, and the pages that the text cites."""
    picture = client.files.content(message.content[0].image_file.file_id).read()
    print("picture:", picture[1:4].decode(), len(picture), "bytes")
    for annotation in message.content[1].text.annotations:
        print("cites:", annotation.text, annotation.url_citation["url"])


# Streamed: the calls of tools are steps of the run.
with client.beta.threads.runs.stream(thread_id=thread.id, assistant_id=painter.id) as stream:
    for event in stream:
        if event.event == "thread.run.step.completed" and event.data.type == "tool_calls":
            for call in event.data.step_details.tool_calls:
                print("called:", call.type)
        if event.event == "thread.message.completed":
            show(event.data)

# Polled
client.beta.threads.messages.create(thread_id=thread.id, role="user", content="And a poster about today's tide")
run = client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=painter.id)
print("polled:", run.status)
show(client.beta.threads.messages.list(thread_id=thread.id, limit=1).data[0])

client.beta.assistants.delete(painter.id)
