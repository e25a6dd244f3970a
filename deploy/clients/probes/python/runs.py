"""Runs that are polled, by the SDK or by hand, and their steps."""

from scene import MODEL, WORDS, assistant, holds, polled, same, simulate, text, thread_saying


def the_quickstart_answers(client):
    tutor = client.beta.assistants.create(
        name="Math Tutor", instructions="You are a personal math tutor.", model=MODEL
    )
    thread = client.beta.threads.create()
    client.beta.threads.messages.create(
        thread_id=thread.id, role="user", content="I need to solve the equation `3x + 11 = 14`. Can you help me?"
    )
    run = client.beta.threads.runs.create_and_poll(
        thread_id=thread.id, assistant_id=tutor.id, instructions="Please address the user as Jane Doe."
    )
    same(run.status, "completed")
    answer, question = client.beta.threads.messages.list(thread_id=thread.id).data
    same((question.role, answer.role), ("user", "assistant"))
    same((answer.run_id, answer.assistant_id), (run.id, tutor.id))
    holds("3x + 11 = 14" in text(answer), f"the answer does not quote the question: {text(answer)!r}")


def a_run_is_polled_by_hand(client):
    helper, thread = assistant(client), thread_saying(client, simulate(say=WORDS))
    run = client.beta.threads.runs.create(thread_id=thread.id, assistant_id=helper.id)
    same((run.object, run.status, run.started_at, run.usage), ("thread.run", "queued", None, None))
    same(run.expires_at - run.created_at, 600)

    ended = polled(client, run)
    same((ended.status, ended.expires_at, ended.last_error), ("completed", None, None))
    holds(ended.started_at and ended.completed_at >= ended.started_at, "no times of start and end")
    same(ended.usage.total_tokens, ended.usage.prompt_tokens + ended.usage.completion_tokens)
    holds(ended.usage.completion_tokens > 0, "no tokens were counted")
    same(text(client.beta.threads.messages.list(thread.id, limit=1).data[0]), WORDS)


def a_conversation_goes_on_in_its_thread(client):
    helper, thread = assistant(client), client.beta.threads.create()
    for turn in ("first", "second", "third"):
        client.beta.threads.messages.create(thread_id=thread.id, role="user", content=simulate(say=f"The {turn}."))
        run = client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=helper.id)
        same(run.status, "completed")
        by_run = client.beta.threads.messages.list(thread.id, run_id=run.id).data
        same([text(m) for m in by_run], [f"The {turn}."])
    roles = [m.role for m in client.beta.threads.messages.list(thread.id, order="asc")]
    same(roles, ["user", "assistant"] * 3)


def runs_are_listed_newest_first_and_can_be_marked(client):
    helper, thread = assistant(client), thread_saying(client, simulate(say=WORDS))
    first = client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=helper.id)
    second = client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=helper.id)
    same([r.id for r in client.beta.threads.runs.list(thread.id)], [second.id, first.id])
    same([r.id for r in client.beta.threads.runs.list(thread.id, after=second.id)], [first.id])
    marked = client.beta.threads.runs.update(first.id, thread_id=thread.id, metadata={"seen": "yes"})
    same((marked.status, marked.metadata), ("completed", {"seen": "yes"}))


def a_message_step_names_its_message(client):
    helper, thread = assistant(client), thread_saying(client, simulate(say=WORDS))
    run = client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=helper.id)
    (step,) = client.beta.threads.runs.steps.list(run.id, thread_id=thread.id, order="asc").data
    same((step.object, step.type, step.status), ("thread.run.step", "message_creation", "completed"))
    same((step.run_id, step.thread_id, step.assistant_id), (run.id, thread.id, helper.id))
    message_id = step.step_details.message_creation.message_id
    same(text(client.beta.threads.messages.retrieve(message_id, thread_id=thread.id)), WORDS)
    same(step.usage.total_tokens, run.usage.total_tokens)
    again = client.beta.threads.runs.steps.retrieve(step.id, thread_id=thread.id, run_id=run.id)
    same(again, step)


def a_thread_is_made_and_run_in_one_request(client):
    helper = assistant(client)
    run = client.beta.threads.create_and_run_poll(
        assistant_id=helper.id, thread={"messages": [{"role": "user", "content": simulate(say=WORDS)}]}
    )
    same(run.status, "completed")
    same(text(client.beta.threads.messages.list(run.thread_id, limit=1).data[0]), WORDS)


def a_run_overrides_its_assistant(client):
    helper, thread = assistant(client, temperature=1.0, metadata={"of": "assistant"}), client.beta.threads.create()
    run = client.beta.threads.runs.create_and_poll(
        thread_id=thread.id,
        assistant_id=helper.id,
        model="gpt-4o-mini",
        instructions="Be brief.",
        temperature=0.5,
        metadata={"of": "run"},
        response_format={"type": "text"},
        additional_messages=[{"role": "user", "content": simulate(say=WORDS)}],
    )
    same((run.status, run.model, run.instructions), ("completed", "gpt-4o-mini", "Be brief."))
    same((run.temperature, run.metadata, run.response_format.type), (0.5, {"of": "run"}, "text"))
    said = [text(m) for m in client.beta.threads.messages.list(thread.id, order="asc")]
    same(said, [simulate(say=WORDS), WORDS])
    same(client.beta.assistants.retrieve(helper.id).model, MODEL)


def additional_instructions_follow_the_assistants(client):
    helper, thread = assistant(client), thread_saying(client, simulate(say=WORDS))
    run = client.beta.threads.runs.create_and_poll(
        thread_id=thread.id, assistant_id=helper.id, additional_instructions="Answer in French."
    )
    holds(run.instructions.startswith(helper.instructions), run.instructions)
    holds(run.instructions.endswith("Answer in French."), run.instructions)


def a_running_run_is_cancelled(client):
    helper, thread = assistant(client), thread_saying(client, simulate(say=WORDS, first_token_ms=600_000))
    run = client.beta.threads.runs.create(thread_id=thread.id, assistant_id=helper.id)
    while run.status == "queued":
        run = client.beta.threads.runs.retrieve(run.id, thread_id=thread.id)
    asked = client.beta.threads.runs.cancel(run.id, thread_id=thread.id)
    holds(asked.status in ("cancelling", "cancelled"), asked.status)
    ended = polled(client, asked)
    same((ended.status, ended.completed_at, ended.expires_at), ("cancelled", None, None))
    holds(ended.cancelled_at, "no time of cancellation")

    client.beta.threads.messages.create(thread_id=thread.id, role="user", content=simulate(say="Free again."))
    again = client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=helper.id)
    same(again.status, "completed")


def a_refusal_of_the_model_fails_the_run(client):
    helper, thread = assistant(client), thread_saying(client, simulate(status=400))
    run = client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=helper.id)
    same((run.status, run.completed_at, run.expires_at), ("failed", None, None))
    holds(run.failed_at, "no time of failure")
    holds(run.last_error.code in ("server_error", "invalid_prompt"), run.last_error.code)
    holds(run.last_error.message, "no message of failure")


CHECKS = [
    the_quickstart_answers,
    a_run_is_polled_by_hand,
    a_conversation_goes_on_in_its_thread,
    runs_are_listed_newest_first_and_can_be_marked,
    a_message_step_names_its_message,
    a_thread_is_made_and_run_in_one_request,
    a_run_overrides_its_assistant,
    additional_instructions_follow_the_assistants,
    a_running_run_is_cancelled,
    a_refusal_of_the_model_fails_the_run,
]
