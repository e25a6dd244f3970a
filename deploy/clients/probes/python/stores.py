"""Files, vector stores, batches of files and searches, by the SDK's own helpers."""

from openai import BadRequestError, NotFoundError

from scene import assistant, holds, message_of, refused, same, thread_saying, vector_stores

TIDES = ("tides.txt", b"Low water is at noon; the ferry waits for the tide.")
FOOD = ("food.md", "Filip 喜欢蛋糕, Effie likes pizza.".encode())


def loose(client):
    """The recorded object is `vector_store.file_batch`; the SDK's type says `files_batch`."""
    return client.copy(_extra_kwargs={"_strict_response_validation": False})


def store(client, **given):
    """With a name, because the SDK's type has one in any case."""
    return vector_stores(client).create(**{"name": "Harbour", **given})


def a_store_lives_from_creation_to_deletion(client):
    made = store(client, expires_after={"anchor": "last_active_at", "days": 3}, metadata={"a": "1"})
    same((made.object, made.status, made.file_counts.total), ("vector_store", "completed", 0))
    same(made.expires_at, made.last_active_at + 3 * 86_400)
    same(vector_stores(client).retrieve(made.id), made)
    same(vector_stores(client).update(made.id, name="Pier").name, "Pier")
    # Only the newest: stores that came along with threads have no name, which the SDK's types do not know.
    holds(made.id in [one.id for one in vector_stores(client).list(limit=1).data], "it is not listed")

    gone = vector_stores(client).delete(made.id)
    same((gone.id, gone.object, gone.deleted), (made.id, "vector_store.deleted", True))
    refused(NotFoundError, lambda: vector_stores(client).retrieve(made.id))


def a_file_is_uploaded_polled_and_found(client):
    made = store(client)
    file = vector_stores(client).files.upload_and_poll(vector_store_id=made.id, file=TIDES)
    same((file.status, file.vector_store_id, file.last_error), ("completed", made.id, None))
    same(file.usage_bytes, len(TIDES[1]) + 1024)

    found = vector_stores(client).search(made.id, query="When does the ferry leave?").data
    same([(one.file_id, one.filename) for one in found], [(file.id, "tides.txt")])
    same(found[0].content[0].text, TIDES[1].decode())
    text = vector_stores(client).files.content(file.id, vector_store_id=made.id).data
    same("".join(part.text for part in text), TIDES[1].decode())


def a_file_that_is_no_text_fails_with_its_reason(client):
    made = store(client)
    file = vector_stores(client).files.upload_and_poll(
        vector_store_id=made.id, file=("broken.txt", b"\xff\x00\xfe")
    )
    same((file.status, file.last_error.code), ("failed", "invalid_file"))
    same(vector_stores(client).retrieve(made.id).file_counts.failed, 1)


def a_batch_is_uploaded_and_polled(client):
    client = loose(client)
    made = store(client)
    batch = vector_stores(client).file_batches.upload_and_poll(made.id, files=[TIDES, FOOD])
    same((batch.status, batch.file_counts.completed, batch.file_counts.total), ("completed", 2, 2))
    files = vector_stores(client).file_batches.list_files(batch.id, vector_store_id=made.id)
    same(len([one.id for one in files]), 2)
    same(vector_stores(client).file_batches.cancel(batch.id, vector_store_id=made.id).status, "completed")


def a_search_is_filtered_by_attributes(client):
    made = store(client)
    for content, topic in ((TIDES, "sea"), (FOOD, "food")):
        file = client.files.create(file=content, purpose="assistants")
        vector_stores(client).files.create_and_poll(
            file.id, vector_store_id=made.id, attributes={"topic": topic, "year": 2025}
        )

    def names(**options):
        found = vector_stores(client).search(made.id, query="蛋糕 ferry pizza", **options)
        return sorted(one.filename for one in found.data)

    sea = {"type": "eq", "key": "topic", "value": "sea"}
    late = {"type": "gt", "key": "year", "value": 2025}
    same(names(), ["food.md", "tides.txt"])
    same(names(filters=sea), ["tides.txt"])
    same(names(filters={"type": "and", "filters": [sea, late]}), [])
    same(names(filters={"type": "or", "filters": [sea, late]}), ["tides.txt"])
    same(len(names(max_num_results=1)), 1)


def attributes_of_a_file_can_be_changed(client):
    made = store(client)
    file = vector_stores(client).files.upload_and_poll(vector_store_id=made.id, file=TIDES)
    changed = vector_stores(client).files.update(
        file.id, vector_store_id=made.id, attributes={"topic": "sea"}
    )
    same(changed.attributes, {"topic": "sea"})
    same(vector_stores(client).files.retrieve(file.id, vector_store_id=made.id), changed)


def a_file_is_taken_out_after_it_was_deleted(client):
    made = store(client)
    file = vector_stores(client).files.upload_and_poll(vector_store_id=made.id, file=TIDES)
    client.files.delete(file.id)
    holds(vector_stores(client).files.delete(file.id, vector_store_id=made.id).deleted, "it stays")
    same(vector_stores(client).files.list(made.id).data, [])


def a_store_comes_along_with_an_assistant(client):
    file = client.files.create(file=TIDES, purpose="assistants")
    helper = assistant(
        client,
        tools=[{"type": "file_search"}],
        tool_resources={"file_search": {"vector_stores": [{"file_ids": [file.id]}]}},
    )
    made = helper.tool_resources.file_search.vector_store_ids[0]
    vector_stores(client).files.poll(file.id, vector_store_id=made)
    vector_stores(client).delete(made)
    same(client.beta.assistants.retrieve(helper.id).tool_resources.file_search.vector_store_ids, [])


def an_attachment_gives_the_thread_a_store(client):
    file = client.files.create(file=TIDES, purpose="assistants")
    thread = thread_saying(client)
    attachment = {"file_id": file.id, "tools": [{"type": "file_search"}]}
    client.beta.threads.messages.create(
        thread.id, role="user", content="What do they say?", attachments=[attachment]
    )
    resources = client.beta.threads.retrieve(thread.id).tool_resources
    made = resources.file_search.vector_store_ids[0]
    same(vector_stores(client).files.poll(file.id, vector_store_id=made).status, "completed")


def a_table_cannot_be_searched(client):
    file = client.files.create(file=("table.csv", b"a,b"), purpose="assistants")
    error = refused(
        BadRequestError, lambda: store(client, file_ids=[file.id])
    )
    holds(message_of(error).startswith("Files with extensions [.csv] are not supported"), error)


CHECKS = [
    a_store_lives_from_creation_to_deletion,
    a_file_is_uploaded_polled_and_found,
    a_file_that_is_no_text_fails_with_its_reason,
    a_batch_is_uploaded_and_polled,
    a_search_is_filtered_by_attributes,
    attributes_of_a_file_can_be_changed,
    a_file_is_taken_out_after_it_was_deleted,
    a_store_comes_along_with_an_assistant,
    an_attachment_gives_the_thread_a_store,
    a_table_cannot_be_searched,
]
