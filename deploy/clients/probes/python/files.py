"""Files and uploads."""

import hashlib
import io

from openai import BadRequestError, NotFoundError

from scene import holds, refused, same


def uploaded(client, name="harbour.txt", purpose="vision", content=b"The ferry leaves at noon."):
    return client.files.create(file=(name, io.BytesIO(content)), purpose=purpose)


def a_file_lives_from_upload_to_deletion(client):
    made = uploaded(client, name="größe 文件, 1=2;3.txt")
    same((made.object, made.filename, made.bytes), ("file", "größe 文件, 1=2;3.txt", 25))
    same((made.purpose, made.status, made.expires_at), ("vision", "processed", None))
    same(client.files.retrieve(made.id), made)
    same(client.files.content(made.id).read(), b"The ferry leaves at noon.")

    gone = client.files.delete(made.id)
    same((gone.id, gone.object, gone.deleted), (made.id, "file", True))
    failure = refused(NotFoundError, lambda: client.files.retrieve(made.id))
    same((failure.body["message"], failure.param), (f"No such File object: {made.id}", "id"))


def files_are_paged_by_the_sdk(client):
    made = [uploaded(client, purpose="user_data").id for _ in range(3)]
    seen = [f.id for f in client.files.list(purpose="user_data", limit=1)]
    same(seen[:3], made[::-1])


def a_file_expires_when_it_was_told(client):
    made = client.files.create(
        file=("a.txt", io.BytesIO(b"x")), purpose="vision", expires_after={"anchor": "created_at", "seconds": 3600}
    )
    same(made.expires_at, made.created_at + 3600)


def files_for_assistants_are_kept_back(client):
    made = uploaded(client, purpose="assistants")
    failure = refused(BadRequestError, lambda: client.files.content(made.id))
    same(failure.body["message"], "Not allowed to download files of purpose: assistants")


def an_upload_becomes_a_file(client):
    content = b"The ferry leaves at noon." * 100_000
    upload = client.uploads.upload_file_chunked(
        file=content,
        filename="large.txt",
        bytes=len(content),
        mime_type="text/plain",
        purpose="vision",
        part_size=1_000_000,
        md5=hashlib.md5(content).hexdigest(),
    )
    same(upload.status, "completed")
    holds(upload.file, "a completed upload has its file")
    same(client.files.content(upload.file.id).read(), content)


def a_cancelled_upload_takes_no_parts(client):
    upload = client.uploads.create(filename="a.txt", bytes=1, mime_type="text/plain", purpose="vision")
    client.uploads.parts.create(upload.id, data=b"x")
    same(client.uploads.cancel(upload.id).status, "cancelled")
    refused(BadRequestError, lambda: client.uploads.parts.create(upload.id, data=b"x"))


CHECKS = [
    a_file_lives_from_upload_to_deletion,
    files_are_paged_by_the_sdk,
    a_file_expires_when_it_was_told,
    files_for_assistants_are_kept_back,
    an_upload_becomes_a_file,
    a_cancelled_upload_takes_no_parts,
]
