// Runs that are streamed: the SDK's stream object, and the events themselves.

import assert from 'node:assert/strict';

import { WORDS, all, assistant, inThread, newest, polled, scene, simulate, text } from './scene.mjs';

export const TEXT_EVENTS = [
  'thread.run.created',
  'thread.run.queued',
  'thread.run.in_progress',
  'thread.run.step.created',
  'thread.run.step.in_progress',
  'thread.message.created',
  'thread.message.in_progress',
  'thread.message.delta',
  'thread.message.completed',
  'thread.run.step.completed',
  'thread.run.completed',
];

/** The names of events without the repetition of one that follows itself. */
export const onceEach = (events) =>
  events.map(({ event }) => event).filter((name, index, names) => name !== names[index - 1]);

async function listenersHearTheTextGrow(client) {
  const { helper, thread } = await scene(client, simulate({ say: WORDS }));
  const heard = [];
  const deltas = [];
  const stream = client.beta.threads.runs
    .stream(thread.id, { assistant_id: helper.id })
    .on('messageCreated', () => heard.push('messageCreated'))
    .on('textCreated', () => heard.push('textCreated'))
    .on('textDelta', (delta) => deltas.push(delta.value))
    .on('textDone', (whole) => heard.push(`textDone ${whole.value}`))
    .on('messageDone', () => heard.push('messageDone'))
    .on('runStepDone', () => heard.push('runStepDone'));
  const run = await stream.finalRun();
  assert.equal(run.status, 'completed');
  assert.ok(deltas.length > 1, `the text came in ${deltas.length} piece`);
  assert.equal(deltas.join(''), WORDS);
  assert.deepEqual(heard, ['messageCreated', 'textCreated', `textDone ${WORDS}`, 'messageDone', 'runStepDone']);
  assert.deepEqual((await stream.finalMessages()).map(text), [WORDS]);
  assert.equal((await stream.finalRunSteps())[0].type, 'message_creation');
}

async function aStreamCarriesEveryScript(client) {
  const words = '天安门 🦊 naïve café — 完。';
  const { helper, thread } = await scene(client, simulate({ say: words }));
  let said = '';
  const stream = client.beta.threads.runs.stream(thread.id, { assistant_id: helper.id });
  await stream.on('textDelta', (delta) => (said += delta.value)).finalRun();
  assert.equal(said, words);
  assert.equal(await newest(client, thread.id), words);
}

async function eventsOfATextComeInOrder(client) {
  const { helper, thread } = await scene(client, simulate({ say: WORDS }));
  const body = { assistant_id: helper.id, stream: true };
  const events = await all(await client.beta.threads.runs.create(thread.id, body));
  assert.deepEqual(onceEach(events), TEXT_EVENTS);
  const deltas = events.filter(({ event }) => event === 'thread.message.delta').map(({ data }) => data.delta);
  assert.equal(deltas.map(({ content: [part] }) => part.text.value).join(''), WORDS);
  const annotations = deltas.map(({ content: [part] }) => part.text.annotations);
  assert.deepEqual(annotations, [[], ...Array(deltas.length - 1).fill(undefined)]);
}

async function aNewThreadIsStreamedFromItsCreation(client) {
  const helper = await assistant(client);
  const thread = { messages: [{ role: 'user', content: simulate({ say: WORDS }) }] };
  const stream = client.beta.threads.createAndRunStream({ assistant_id: helper.id, thread });
  assert.deepEqual(onceEach(await all(stream)), ['thread.created', ...TEXT_EVENTS]);
  assert.deepEqual((await stream.finalMessages()).map(text), [WORDS]);
}

async function aDroppedStreamLeavesItsRunAlone(client) {
  const { helper, thread } = await scene(client, simulate({ say: WORDS, gap_ms: 20 }));
  let run;
  const body = { assistant_id: helper.id, stream: true };
  for await (const { event, data } of await client.beta.threads.runs.create(thread.id, body)) {
    if (event === 'thread.run.created') run = data;
    if (event === 'thread.message.delta') break;
  }
  assert.equal((await polled(client, run)).status, 'completed');
  assert.equal(await newest(client, thread.id), WORDS);
}

async function aCancelledStreamEndsCancelled(client) {
  const { helper, thread } = await scene(client, simulate({ tokens: 10_000, gap_ms: 50 }));
  const events = [];
  const body = { assistant_id: helper.id, stream: true };
  for await (const event of await client.beta.threads.runs.create(thread.id, body)) {
    if (event.event === 'thread.message.delta' && events.at(-1).event !== event.event) {
      await client.beta.threads.runs.cancel(...inThread(thread.id, events[0].data.id));
    }
    events.push(event);
  }
  assert.equal(events.at(-1).event, 'thread.run.cancelled');
  const cut = events.find(({ event }) => event === 'thread.message.incomplete');
  assert.equal(cut.data.incomplete_details.reason, 'run_cancelled');
}

export const checks = {
  listenersHearTheTextGrow,
  aStreamCarriesEveryScript,
  eventsOfATextComeInOrder,
  aNewThreadIsStreamedFromItsCreation,
  aDroppedStreamLeavesItsRunAlone,
  aCancelledStreamEndsCancelled,
};
