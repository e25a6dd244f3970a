"""Assistants, threads, messages and models, and the lists of them."""

from openai import NotFoundError

from scene import MODEL, assistant, holds, refused, same, text, thread_saying


def models_are_listed(client):
    models = client.models.list().data
    holds(models, "no model is listed")
    same(client.models.retrieve(models[0].id).id, models[0].id)


def an_assistant_lives_from_creation_to_deletion(client):
    made = client.beta.assistants.create(
        name="Math Tutor", instructions="You are a personal math tutor.", model=MODEL, metadata={"class": "7b"}
    )
    same((made.object, made.name, made.model, made.tools), ("assistant", "Math Tutor", MODEL, []))
    same(client.beta.assistants.retrieve(made.id), made)

    renamed = client.beta.assistants.update(made.id, name="Physics Tutor", temperature=0.2)
    same((renamed.name, renamed.temperature), ("Physics Tutor", 0.2))
    same((renamed.instructions, renamed.metadata), (made.instructions, {"class": "7b"}))

    gone = client.beta.assistants.delete(made.id)
    same((gone.id, gone.object, gone.deleted), (made.id, "assistant.deleted", True))
    refused(NotFoundError, lambda: client.beta.assistants.retrieve(made.id))


def an_assistant_keeps_its_functions(client):
    made = assistant(client, tools=[{"type": "function", "function": {"name": "get_weather"}}])
    same(made.tools[0].function.name, "get_weather")
    same(made.tools[0].function.parameters, {"type": "object", "properties": {}})
    same(made.tools[0].function.strict, False)


def assistants_are_listed_newest_first(client):
    first, second = assistant(client), assistant(client)
    same([a.id for a in client.beta.assistants.list(order="desc", limit=2).data], [second.id, first.id])
    same([a.id for a in client.beta.assistants.list(limit=2).data], [second.id, first.id])


def assistants_are_paged_by_the_sdk(client):
    made = [assistant(client).id for _ in range(3)]
    seen = []
    for one in client.beta.assistants.list(limit=1):
        seen.append(one.id)
        if one.id == made[0]:
            break
    same(seen, made[::-1])


def metadata_is_replaced_whole(client):
    made = assistant(client, metadata={"a": "1", "b": "2"})
    same(client.beta.assistants.update(made.id, metadata={"c": "3"}).metadata, {"c": "3"})
    same(client.beta.assistants.update(made.id, metadata={}).metadata, {})


def a_thread_lives_from_creation_to_deletion(client):
    made = client.beta.threads.create(metadata={"fullname": "王卓然", "username": "taliux"})
    same((made.object, made.metadata["fullname"]), ("thread", "王卓然"))
    same(client.beta.threads.retrieve(made.id).metadata, made.metadata)
    same(client.beta.threads.update(made.id, metadata={"seen": "yes"}).metadata, {"seen": "yes"})

    gone = client.beta.threads.delete(made.id)
    same((gone.id, gone.object, gone.deleted), (made.id, "thread.deleted", True))
    refused(NotFoundError, lambda: client.beta.threads.retrieve(made.id))


def a_message_lives_from_creation_to_deletion(client):
    thread = client.beta.threads.create()
    made = client.beta.threads.messages.create(thread_id=thread.id, role="user", content="你都能做什么？")
    same((made.object, made.role, made.thread_id), ("thread.message", "user", thread.id))
    same((made.assistant_id, made.run_id, text(made)), (None, None, "你都能做什么？"))
    same(client.beta.threads.messages.retrieve(made.id, thread_id=thread.id), made)

    marked = client.beta.threads.messages.update(made.id, thread_id=thread.id, metadata={"seen": "yes"})
    same((marked.id, marked.metadata), (made.id, {"seen": "yes"}))

    gone = client.beta.threads.messages.delete(made.id, thread_id=thread.id)
    same((gone.id, gone.object, gone.deleted), (made.id, "thread.message.deleted", True))
    same(client.beta.threads.messages.list(thread.id).data, [])


def a_message_may_consist_of_parts(client):
    thread = client.beta.threads.create()
    parts = [{"type": "text", "text": "One."}, {"type": "text", "text": "Two."}]
    made = client.beta.threads.messages.create(thread_id=thread.id, role="user", content=parts)
    same([part.text.value for part in made.content], ["One.", "Two."])


def messages_of_a_new_thread_keep_their_order(client):
    thread = thread_saying(client, "one", "two", "three")
    oldest_first = client.beta.threads.messages.list(thread.id, order="asc").data
    same([text(m) for m in oldest_first], ["one", "two", "three"])
    newest_first = client.beta.threads.messages.list(thread.id).data
    same([text(m) for m in newest_first], ["three", "two", "one"])


def messages_are_paged_with_after_until_an_empty_page(client):
    said = [str(number) for number in range(5)]
    thread = thread_saying(client, *said)
    read, after, pages = [], None, 0
    while True:
        more = {"after": after} if after else {}
        page = client.beta.threads.messages.list(thread.id, limit=2, order="asc", **more)
        pages += 1
        if not page.data:
            break
        read.extend(text(m) for m in page.data)
        after = page.data[-1].id
    same((read, pages, page.has_more), (said, 4, False))


def messages_are_paged_with_before(client):
    thread = thread_saying(client, *"12345")
    oldest = client.beta.threads.messages.list(thread.id, order="asc", limit=1).data[0]
    page = client.beta.threads.messages.list(thread.id, before=oldest.id, limit=2)
    same(([text(m) for m in page.data], page.has_more), (["3", "2"], True))


def messages_are_paged_by_the_sdk(client):
    thread = thread_saying(client, *"12345")
    same([text(m) for m in client.beta.threads.messages.list(thread.id, limit=2)], list("54321"))


def every_answer_names_its_request(client):
    first, second = client.beta.threads.create(), client.beta.threads.create()
    holds(first._request_id.startswith("req_"), f"x-request-id is {first._request_id!r}")
    holds(first._request_id != second._request_id, "two requests share an id")


CHECKS = [
    models_are_listed,
    an_assistant_lives_from_creation_to_deletion,
    an_assistant_keeps_its_functions,
    assistants_are_listed_newest_first,
    assistants_are_paged_by_the_sdk,
    metadata_is_replaced_whole,
    a_thread_lives_from_creation_to_deletion,
    a_message_lives_from_creation_to_deletion,
    a_message_may_consist_of_parts,
    messages_of_a_new_thread_keep_their_order,
    messages_are_paged_with_after_until_an_empty_page,
    messages_are_paged_with_before,
    messages_are_paged_by_the_sdk,
    every_answer_names_its_request,
]
