"""Functions that the client executes: runs that stop at `requires_action` and go on with outputs."""

import json

from openai import AssistantEventHandler

from scene import FUNCTIONS, TIME, WEATHER, assistant, calling, holds, outputs, polled, same, text
from scene import thread_saying, waiting_for_outputs
from streams import TEXT_EVENTS, once_each


def answer(client, run):
    return text(client.beta.threads.messages.list(run.thread_id, limit=1).data[0])


def a_run_waits_for_outputs_and_then_answers(client):
    run = waiting_for_outputs(client, WEATHER, then="It is sunny.")
    same((run.required_action.type, run.usage), ("submit_tool_outputs", None))
    (call,) = run.required_action.submit_tool_outputs.tool_calls
    same((call.type, call.function.name), ("function", "get_weather"))
    same(json.loads(call.function.arguments), {"city": "Paris"})

    ended = client.beta.threads.runs.submit_tool_outputs_and_poll(
        run_id=run.id, thread_id=run.thread_id, tool_outputs=outputs(run)
    )
    same((ended.status, ended.required_action), ("completed", None))
    same(answer(client, run), "It is sunny.")


def a_loop_written_by_hand_executes_functions(client):
    helper = assistant(client, tools=FUNCTIONS)
    thread = thread_saying(client, calling(WEATHER, then="Seen."))
    run = polled(client, client.beta.threads.runs.create(thread_id=thread.id, assistant_id=helper.id))
    same(run.status, "requires_action")
    submitted = client.beta.threads.runs.submit_tool_outputs(
        run.id, thread_id=thread.id, tool_outputs=outputs(run)
    )
    same((submitted.status, submitted.required_action), ("queued", None))
    same(submitted.expires_at, run.expires_at)
    same(polled(client, submitted).status, "completed")
    same(answer(client, run), "Seen.")


def parallel_calls_share_one_step(client):
    run = waiting_for_outputs(client, WEATHER, TIME, then="Sunny at noon.")
    calls = run.required_action.submit_tool_outputs.tool_calls
    same([c.function.name for c in calls], ["get_weather", "get_time"])
    holds(calls[0].id != calls[1].id, "two calls share an id")
    said = [{"tool_call_id": c.id, "output": o} for c, o in zip(calls, ("sunny", "noon"))]
    ended = client.beta.threads.runs.submit_tool_outputs_and_poll(
        run_id=run.id, thread_id=run.thread_id, tool_outputs=said[::-1]
    )
    same(ended.status, "completed")

    tool_step, message_step = client.beta.threads.runs.steps.list(run.id, thread_id=run.thread_id, order="asc")
    same((tool_step.type, tool_step.status), ("tool_calls", "completed"))
    same([c.function.output for c in tool_step.step_details.tool_calls], ["sunny", "noon"])
    same([c.id for c in tool_step.step_details.tool_calls], [c.id for c in calls])
    same(message_step.type, "message_creation")
    same(ended.usage.total_tokens, tool_step.usage.total_tokens + message_step.usage.total_tokens)


def a_waiting_step_has_no_output(client):
    run = waiting_for_outputs(client, WEATHER)
    (step,) = client.beta.threads.runs.steps.list(run.id, thread_id=run.thread_id).data
    same((step.type, step.status, step.usage), ("tool_calls", "in_progress", None))
    same(step.step_details.tool_calls[0].function.output, None)


def a_run_may_wait_twice(client):
    helper = assistant(client, tools=FUNCTIONS)
    directions = {"calls": [{"name": WEATHER[0], "arguments": WEATHER[1]}]}
    directions["then"] = {"calls": [{"name": TIME[0], "arguments": TIME[1]}], "then": {"say": "Both."}}
    thread = thread_saying(client, "simulate " + json.dumps(directions))
    run = client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=helper.id)
    for expected in ("get_weather", "get_time"):
        (call,) = run.required_action.submit_tool_outputs.tool_calls
        same(call.function.name, expected)
        run = client.beta.threads.runs.submit_tool_outputs_and_poll(
            run_id=run.id, thread_id=thread.id, tool_outputs=outputs(run)
        )
    same((run.status, answer(client, run)), ("completed", "Both."))


class Executing(AssistantEventHandler):
    """The handler of the official quick start: it submits from inside the event, on a second stream."""

    def __init__(self, client, heard):
        super().__init__()
        self.client, self.heard = client, heard

    def on_event(self, event):
        self.heard.append(event.event)
        if event.event == "thread.run.requires_action":
            with self.client.beta.threads.runs.submit_tool_outputs_stream(
                thread_id=event.data.thread_id,
                run_id=event.data.id,
                tool_outputs=outputs(event.data),
                event_handler=Executing(self.client, self.heard),
            ) as stream:
                stream.until_done()

    def on_tool_call_done(self, tool_call):
        self.heard.append(f"{tool_call.function.name} {json.loads(tool_call.function.arguments)}")


def a_handler_executes_functions_from_inside_the_stream(client):
    helper = assistant(client, tools=FUNCTIONS)
    thread = thread_saying(client, calling(WEATHER, then="It is sunny."))
    heard = []
    with client.beta.threads.runs.stream(
        thread_id=thread.id, assistant_id=helper.id, event_handler=Executing(client, heard)
    ) as stream:
        stream.until_done()
    holds("get_weather {'city': 'Paris'}" in heard, f"the call was not heard whole: {heard}")
    holds("thread.run.completed" in heard, f"the run did not complete: {heard}")
    same(text(client.beta.threads.messages.list(thread.id, limit=1).data[0]), "It is sunny.")


def events_of_functions_come_in_order(client):
    helper = assistant(client, tools=FUNCTIONS)
    thread = thread_saying(client, calling(WEATHER, TIME, then="Sunny at noon."))
    events = list(client.beta.threads.runs.create(thread_id=thread.id, assistant_id=helper.id, stream=True))
    until_called = TEXT_EVENTS[:5] + ["thread.run.step.delta", "thread.run.requires_action"]
    same(once_each([e.event for e in events]), until_called)
    created = next(e.data for e in events if e.event == "thread.run.step.created")
    same((created.type, created.step_details.tool_calls), ("tool_calls", []))
    calls = assembled(e.data.delta.step_details.tool_calls for e in events if e.event == "thread.run.step.delta")
    waiting = events[-1].data
    wanted = waiting.required_action.submit_tool_outputs.tool_calls
    same(calls, {i: (c.id, c.function.name, c.function.arguments) for i, c in enumerate(wanted)})
    same(waiting.usage, None)

    rest = list(
        client.beta.threads.runs.submit_tool_outputs(
            waiting.id, thread_id=thread.id, tool_outputs=outputs(waiting), stream=True
        )
    )
    same(once_each([e.event for e in rest]), ["thread.run.step.completed"] + TEXT_EVENTS[1:])
    tool_step = rest[0].data
    same((tool_step.id, tool_step.status), (created.id, "completed"))
    same([c.function.output for c in tool_step.step_details.tool_calls], ["sunny", "sunny"])
    holds(tool_step.usage.total_tokens > 0, "a completed tool step without usage")


def assembled(deltas):
    """Calls by index; the id and the name may come once only, the arguments are concatenated."""
    calls = {}
    for call in (c for delta in deltas for c in delta):
        if call.index not in calls:
            same((call.index, bool(call.id), bool(call.function.name)), (len(calls), True, True))
            calls[call.index] = (call.id, call.function.name, call.function.arguments or "")
        else:
            same((call.id, call.function.name), (None, None))
            call_id, name, arguments = calls[call.index]
            calls[call.index] = (call_id, name, arguments + call.function.arguments)
    return calls


def a_waiting_run_is_cancelled(client):
    run = waiting_for_outputs(client, WEATHER)
    ended = polled(client, client.beta.threads.runs.cancel(run.id, thread_id=run.thread_id))
    while ended.status == "requires_action":
        ended = client.beta.threads.runs.retrieve(run.id, thread_id=run.thread_id)
    same((ended.status, ended.required_action), ("cancelled", None))


CHECKS = [
    a_run_waits_for_outputs_and_then_answers,
    a_loop_written_by_hand_executes_functions,
    parallel_calls_share_one_step,
    a_waiting_step_has_no_output,
    a_run_may_wait_twice,
    a_handler_executes_functions_from_inside_the_stream,
    events_of_functions_come_in_order,
    a_waiting_run_is_cancelled,
]
