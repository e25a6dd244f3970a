"""What the fixed values of the generated tests become: first the ids, then what this API rightly refuses."""

import hashlib

# The segment of a path behind the first is an id of the second.
COLLECTIONS = {
    "assistants": "assistant",
    "batches": "batch",
    "file_batches": "batch",
    "files": "file",
    "messages": "message",
    "models": "model",
    "runs": "run",
    "steps": "step",
    "threads": "thread",
    "uploads": "upload",
    "vector_stores": "store",
}

# Fields that hold an id, or a list of ids, wherever in a body they are.
ID_FIELDS = {
    "assistant_id": "assistant",
    "file_id": "file",
    "file_ids": "file",
    "part_ids": "part",
    "tool_call_id": "tool_call",
    "vector_store_ids": "store",
}

ABSENT = object()

STORE = {"chunking_strategy": {"type": "auto"}, "file_ids": ["string"], "metadata": {"foo": "string"}}
BATCHED = {"file_id": "file_id", "attributes": {"foo": "string"}, "chunking_strategy": {"type": "auto"}}


def answers(scene):
    return [{"tool_call_id": scene.tool_call, "output": "sunny"}]


def digest(scene):
    return hashlib.md5(scene.TEXT.encode()).hexdigest()


# field, value of the test, value that is valid, why the first one is not
VALUES = [
    ("model", "string", "gpt-4o", "no provider has a model of this name"),
    ("model", "gpt-5", "gpt-4o", "the simulator has no model of this name"),
    ("model", "gpt-6-astra", "gpt-4o", "the simulator has no model of this name"),
    ("bytes", 0, 9, "an upload has at least one byte"),
    ("mime_type", "mime_type", "text/plain", "no media type"),
    ("filename", "filename", "filename.txt", "a file for assistants needs a known extension"),
    ("vector_stores", [STORE], ABSENT, "it excludes vector_store_ids, which is beside it"),
    ("files", [BATCHED], ABSENT, "it excludes file_ids, which is beside it"),
    ("tool_outputs", [{}], answers, "an output says of which call it is"),
    ("md5", "md5", digest, "no digest of what was uploaded"),
]

FIRST = object()

# Query parameters, in the same way.
PARAMETERS = [
    ("limit", "0", "20", "a page has at least one object"),
    ("after", "after", FIRST, "no id"),
    ("before", "before", ABSENT, "no id; the page begins behind the first object instead"),
    ("purpose", "purpose", "assistants", "no purpose"),
    ("run_id", "run_id", lambda scene: scene.run, "no id"),
]

# Of this list only the newest: stores that other tests made have no name, which the SDK's types do not know.
NEWEST_ONLY = ["vector_stores"]
