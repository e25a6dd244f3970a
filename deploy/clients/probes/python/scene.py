"""What most checks begin with, and how they compare."""

import json

MODEL = "gpt-4o"
FINAL = {"cancelled", "completed", "expired", "failed", "incomplete", "requires_action"}


def simulate(**direction) -> str:
    """A user message that tells the simulated model what to do."""
    return "simulate " + json.dumps(direction)


def calling(*calls, then="Done.") -> str:
    """A direction to call functions, and what to say once their outputs are there."""
    wanted = [{"name": name, "arguments": arguments} for name, arguments in calls]
    return simulate(calls=wanted, then={"say": then})


WEATHER = ("get_weather", {"city": "Paris"})
TIME = ("get_time", {"zone": "Europe/Paris"})
WORDS = "The quick brown fox jumps over the lazy dog."


def function(name, parameter):
    return {
        "type": "function",
        "function": {
            "name": name,
            "description": f"Tells what {name} tells.",
            "parameters": {
                "type": "object",
                "properties": {parameter: {"type": "string"}},
                "required": [parameter],
            },
        },
    }


FUNCTIONS = [function("get_weather", "city"), function("get_time", "zone")]


def assistant(client, **given):
    described = {"model": MODEL, "name": "Tutor", "instructions": "You are a patient tutor."}
    return client.beta.assistants.create(**{**described, **given})


def thread_saying(client, *words):
    return client.beta.threads.create(messages=[{"role": "user", "content": w} for w in words])


def waiting_for_outputs(client, *calls, then="Done."):
    """A run that waits for its functions: it holds the thread for as long as a check needs."""
    helper = assistant(client, tools=FUNCTIONS)
    thread = thread_saying(client, calling(*calls, then=then))
    run = client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=helper.id)
    same(run.status, "requires_action")
    return run


def polled(client, run):
    while run.status not in FINAL:
        run = client.beta.threads.runs.retrieve(run.id, thread_id=run.thread_id)
    return run


def outputs(run, output="sunny"):
    calls = run.required_action.submit_tool_outputs.tool_calls
    return [{"tool_call_id": call.id, "output": output} for call in calls]


def vector_stores(client):
    """They left the SDK's beta in version 1.66."""
    return client.vector_stores if hasattr(client, "vector_stores") else client.beta.vector_stores


def text(message) -> str:
    return "".join(part.text.value for part in message.content if part.type == "text")


def same(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r}, got {actual!r}")


def holds(condition, what):
    if not condition:
        raise AssertionError(what)


def refused(error_type, call):
    """The error that the SDK raises for a call that the server must refuse."""
    try:
        answer = call()
    except error_type as error:
        return error
    raise AssertionError(f"expected {error_type.__name__}, got {answer!r}")


def message_of(error) -> str:
    return error.body["message"]
