"""Runs that are streamed: the SDK's handlers, and the events themselves."""

from openai import AssistantEventHandler

from scene import WORDS, assistant, holds, polled, same, simulate, text, thread_saying

TEXT_EVENTS = [
    "thread.run.created",
    "thread.run.queued",
    "thread.run.in_progress",
    "thread.run.step.created",
    "thread.run.step.in_progress",
    "thread.message.created",
    "thread.message.in_progress",
    "thread.message.delta",
    "thread.message.completed",
    "thread.run.step.completed",
    "thread.run.completed",
]


def once_each(names):
    """The names without the repetition of one that follows itself."""
    return [name for i, name in enumerate(names) if i == 0 or names[i - 1] != name]


class Heard(AssistantEventHandler):
    """Writes down what the SDK calls it for."""

    def __init__(self):
        super().__init__()
        self.calls, self.deltas, self.whole = [], [], None

    def on_message_created(self, message):
        self.calls.append("message_created")

    def on_text_created(self, text):
        self.calls.append("text_created")

    def on_text_delta(self, delta, snapshot):
        self.deltas.append(delta.value)

    def on_text_done(self, text):
        self.calls.append("text_done")
        self.whole = text.value

    def on_message_done(self, message):
        self.calls.append("message_done")

    def on_run_step_done(self, run_step):
        self.calls.append("run_step_done")

    def on_end(self):
        self.calls.append("end")


def a_handler_hears_the_text_grow(client):
    helper, thread = assistant(client), thread_saying(client, simulate(say=WORDS))
    heard = Heard()
    with client.beta.threads.runs.stream(
        thread_id=thread.id, assistant_id=helper.id, event_handler=heard
    ) as stream:
        stream.until_done()
    holds(len(heard.deltas) > 1, f"the text came in {len(heard.deltas)} piece")
    same(("".join(heard.deltas), heard.whole), (WORDS, WORDS))
    same(heard.calls, ["message_created", "text_created", "text_done", "message_done", "run_step_done", "end"])
    same(stream.get_final_run().status, "completed")
    same([text(m) for m in stream.get_final_messages()], [WORDS])


def text_deltas_are_the_message(client):
    helper, thread = assistant(client), thread_saying(client, simulate(say="天安门 🦊 naïve café — 完。"))
    with client.beta.threads.runs.stream(thread_id=thread.id, assistant_id=helper.id) as stream:
        said = "".join(stream.text_deltas)
    same(said, "天安门 🦊 naïve café — 完。")
    same(text(client.beta.threads.messages.list(thread.id, limit=1).data[0]), said)


def events_of_a_text_come_in_order(client):
    helper, thread = assistant(client), thread_saying(client, simulate(say=WORDS))
    events = list(client.beta.threads.runs.create(thread_id=thread.id, assistant_id=helper.id, stream=True))
    same(once_each([e.event for e in events]), TEXT_EVENTS)
    first = {}
    for event in events:
        first.setdefault(event.event, event.data)

    same((first["thread.run.created"].status, first["thread.run.created"].started_at), ("queued", None))
    same(first["thread.run.queued"], first["thread.run.created"])
    holds(first["thread.run.in_progress"].started_at, "in_progress without started_at")
    same(first["thread.run.step.created"].type, "message_creation")
    same(first["thread.run.step.in_progress"], first["thread.run.step.created"])
    same((first["thread.message.created"].status, first["thread.message.created"].content), ("in_progress", []))
    same(first["thread.message.in_progress"], first["thread.message.created"])

    deltas = [e.data.delta.content[0] for e in events if e.event == "thread.message.delta"]
    same({d.index for d in deltas}, {0})
    same("".join(d.text.value for d in deltas), WORDS)
    same([d.text.annotations for d in deltas], [[]] + [None] * (len(deltas) - 1))

    done = first["thread.message.completed"]
    same((done.status, text(done)), ("completed", WORDS))
    holds(done.completed_at, "a completed message without completed_at")
    holds(first["thread.run.step.completed"].usage.total_tokens > 0, "a completed step without usage")
    ended = first["thread.run.completed"]
    same((ended.status, ended.expires_at), ("completed", None))
    holds(ended.usage.total_tokens > 0, "a completed run without usage")


def a_new_thread_is_streamed_from_its_creation(client):
    helper = assistant(client)
    said = {"messages": [{"role": "user", "content": simulate(say=WORDS)}]}
    with client.beta.threads.create_and_run_stream(assistant_id=helper.id, thread=said) as stream:
        names = [event.event for event in stream]
    same(once_each(names), ["thread.created"] + TEXT_EVENTS)
    same([text(m) for m in stream.get_final_messages()], [WORDS])


def a_streamed_answer_is_stored_when_its_event_comes(client):
    helper, thread = assistant(client), thread_saying(client, simulate(say=WORDS))
    for event in client.beta.threads.runs.create(thread_id=thread.id, assistant_id=helper.id, stream=True):
        if event.event == "thread.message.completed":
            stored = client.beta.threads.messages.retrieve(event.data.id, thread_id=thread.id)
            same(text(stored), WORDS)
        if event.event == "thread.run.completed":
            same(client.beta.threads.runs.retrieve(event.data.id, thread_id=thread.id).status, "completed")
            client.beta.threads.messages.create(thread_id=thread.id, role="user", content="And at once the next.")


def a_dropped_stream_leaves_its_run_alone(client):
    helper, thread = assistant(client), thread_saying(client, simulate(say=WORDS, gap_ms=20))
    stream = client.beta.threads.runs.create(thread_id=thread.id, assistant_id=helper.id, stream=True)
    for event in stream:
        if event.event == "thread.run.created":
            run = event.data
        if event.event == "thread.message.delta":
            break
    stream.close()
    same(polled(client, run).status, "completed")
    same(text(client.beta.threads.messages.list(thread.id, limit=1).data[0]), WORDS)


def a_cancelled_stream_ends_cancelled(client):
    helper, thread = assistant(client), thread_saying(client, simulate(tokens=10_000, gap_ms=50))
    names, last = [], {}
    for event in client.beta.threads.runs.create(thread_id=thread.id, assistant_id=helper.id, stream=True):
        if event.event == "thread.message.delta" and "thread.message.delta" not in names:
            client.beta.threads.runs.cancel(last["thread.run.in_progress"].id, thread_id=thread.id)
        names.append(event.event)
        last[event.event] = event.data
    same(names[-1], "thread.run.cancelled")
    same(last["thread.message.incomplete"].incomplete_details.reason, "run_cancelled")
    same(last["thread.run.step.cancelled"].status, "cancelled")


CHECKS = [
    a_handler_hears_the_text_grow,
    text_deltas_are_the_message,
    events_of_a_text_come_in_order,
    a_new_thread_is_streamed_from_its_creation,
    a_streamed_answer_is_stored_when_its_event_comes,
    a_dropped_stream_leaves_its_run_alone,
    a_cancelled_stream_ends_cancelled,
]
