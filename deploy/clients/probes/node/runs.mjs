// Runs that are polled, by the SDK or by hand, and their steps.

import assert from 'node:assert/strict';

import { MODEL, WORDS, all, inThread, newest, polled, retrieved, scene, simulate, stepOf, text } from './scene.mjs';
import { assistant } from './scene.mjs';

async function theQuickstartAnswers({ beta: { assistants, threads } }) {
  const tutor = await assistants.create({ name: 'Math Tutor', instructions: 'You teach mathematics.', model: MODEL });
  const thread = await threads.create();
  const content = 'I need to solve the equation `3x + 11 = 14`. Can you help me?';
  await threads.messages.create(thread.id, { role: 'user', content });
  const run = await threads.runs.createAndPoll(thread.id, { assistant_id: tutor.id });
  assert.equal(run.status, 'completed');
  const [answer, question] = (await threads.messages.list(thread.id)).data;
  assert.deepEqual([question.role, answer.role], ['user', 'assistant']);
  assert.deepEqual([answer.run_id, answer.assistant_id], [run.id, tutor.id]);
  assert.ok(text(answer).includes('3x + 11 = 14'), text(answer));
}

async function aRunIsPolledByHand(client) {
  const { helper, thread } = await scene(client, simulate({ say: WORDS }));
  const run = await client.beta.threads.runs.create(thread.id, { assistant_id: helper.id });
  assert.deepEqual([run.object, run.status, run.started_at], ['thread.run', 'queued', null]);
  assert.equal(run.expires_at - run.created_at, 600);

  const ended = await polled(client, run);
  assert.deepEqual([ended.status, ended.expires_at, ended.last_error], ['completed', null, null]);
  assert.equal(ended.usage.total_tokens, ended.usage.prompt_tokens + ended.usage.completion_tokens);
  assert.equal(await newest(client, thread.id), WORDS);
}

async function aConversationGoesOnInItsThread(client) {
  const { threads } = client.beta;
  const [helper, thread] = [await assistant(client), await threads.create()];
  for (const turn of ['first', 'second', 'third']) {
    await threads.messages.create(thread.id, { role: 'user', content: simulate({ say: `The ${turn}.` }) });
    const run = await threads.runs.createAndPoll(thread.id, { assistant_id: helper.id });
    assert.equal(run.status, 'completed');
    assert.deepEqual((await all(threads.messages.list(thread.id, { run_id: run.id }))).map(text), [`The ${turn}.`]);
  }
  const roles = (await all(threads.messages.list(thread.id, { order: 'asc' }))).map((message) => message.role);
  assert.deepEqual(roles, Array(3).fill(['user', 'assistant']).flat());
}

async function runsAreListedNewestFirstAndCanBeMarked(client) {
  const { helper, thread } = await scene(client, simulate({ say: WORDS }));
  const { runs } = client.beta.threads;
  const first = await runs.createAndPoll(thread.id, { assistant_id: helper.id });
  const second = await runs.createAndPoll(thread.id, { assistant_id: helper.id });
  assert.deepEqual((await all(runs.list(thread.id))).map((run) => run.id), [second.id, first.id]);
  const marked = await runs.update(...inThread(thread.id, first.id, { metadata: { seen: 'yes' } }));
  assert.deepEqual([marked.status, marked.metadata], ['completed', { seen: 'yes' }]);
}

async function aMessageStepNamesItsMessage(client) {
  const { helper, thread } = await scene(client, simulate({ say: WORDS }));
  const { messages, runs } = client.beta.threads;
  const run = await runs.createAndPoll(thread.id, { assistant_id: helper.id });
  const [step, ...more] = await all(runs.steps.list(...inThread(thread.id, run.id)));
  assert.deepEqual([step.type, step.status, more], ['message_creation', 'completed', []]);
  const messageId = step.step_details.message_creation.message_id;
  assert.equal(text(await messages.retrieve(...inThread(thread.id, messageId))), WORDS);
  const again = await runs.steps.retrieve(...stepOf(run, step.id));
  assert.deepEqual([again.id, again.usage], [step.id, run.usage]);
}

async function aThreadIsMadeAndRunInOneRequest(client) {
  const helper = await assistant(client);
  const thread = { messages: [{ role: 'user', content: simulate({ say: WORDS }) }] };
  const run = await client.beta.threads.createAndRunPoll({ assistant_id: helper.id, thread });
  assert.equal(run.status, 'completed');
  assert.equal(await newest(client, run.thread_id), WORDS);
}

async function aRunningRunIsCancelled(client) {
  const { helper, thread } = await scene(client, simulate({ say: WORDS, first_token_ms: 600_000 }));
  const { runs } = client.beta.threads;
  let run = await runs.create(thread.id, { assistant_id: helper.id });
  while (run.status === 'queued') {
    run = await retrieved(client, run);
  }
  const asked = await runs.cancel(...inThread(thread.id, run.id));
  assert.ok(['cancelling', 'cancelled'].includes(asked.status), asked.status);
  const ended = await polled(client, asked);
  assert.deepEqual([ended.status, ended.completed_at, ended.expires_at], ['cancelled', null, null]);
}

async function aRefusalOfTheModelFailsTheRun(client) {
  const { helper, thread } = await scene(client, simulate({ status: 400 }));
  const run = await client.beta.threads.runs.createAndPoll(thread.id, { assistant_id: helper.id });
  assert.deepEqual([run.status, run.completed_at], ['failed', null]);
  assert.ok(run.failed_at && run.last_error.code && run.last_error.message);
}

export const checks = {
  theQuickstartAnswers,
  aRunIsPolledByHand,
  aConversationGoesOnInItsThread,
  runsAreListedNewestFirstAndCanBeMarked,
  aMessageStepNamesItsMessage,
  aThreadIsMadeAndRunInOneRequest,
  aRunningRunIsCancelled,
  aRefusalOfTheModelFailsTheRun,
};
