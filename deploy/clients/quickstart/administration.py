import os
import time

import openai
from openai import OpenAI

# The base URL as for any other client; the admin key is what `up` prints beside the project's.
organization = OpenAI(admin_api_key=os.environ["OPENAI_ADMIN_KEY"]).admin.organization

# A team gets a project, and a service account of the project with a key.
project = organization.projects.create(name="Harbour")
account = organization.projects.service_accounts.create(project.id, name="Pilot")
key = account.api_key  # its value is shown now and never again

# The key opens this project and nothing else.
team = OpenAI(api_key=key.value, admin_api_key=None)
team.beta.assistants.create(name="Tide clerk", model="gpt-4o")
print("assistants:", [assistant.name for assistant in team.beta.assistants.list()])

# A second key that may only run assistants, for an hour.
limited = organization.projects.service_accounts.api_keys.create(
    account.id,
    project_id=project.id,
    name="Night shift",
    scopes=["api.threads.write"],
    expires_in_seconds=3600,
)
night = OpenAI(api_key=limited.value, admin_api_key=None)
night.beta.threads.create()
try:
    night.beta.assistants.list()
except openai.AuthenticationError as refused:
    print("refused:", refused.code)

# Deleted: every node refuses the key within a second.
organization.projects.api_keys.delete(key.id, project_id=project.id)
deleted_at = time.monotonic()
while True:
    try:
        team.beta.assistants.list()
    except openai.AuthenticationError as refused:
        print("deleted:", refused.code, "in time:", time.monotonic() - deleted_at < 1)
        break
print("keys left:", [left.name for left in organization.projects.api_keys.list(project.id)])

# Who did what, the newest first.
for entry in organization.audit_logs.list(project_ids=[project.id]):
    print("audit:", entry.type)

organization.projects.archive(project.id)
print("archived:", organization.projects.retrieve(project.id).status)
