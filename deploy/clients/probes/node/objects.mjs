// Assistants, threads, messages and models, and the lists of them.

import assert from 'node:assert/strict';

import { NotFoundError } from 'openai';

import { MODEL, all, assistant, inThread, refused, remove, text, threadSaying } from './scene.mjs';

async function modelsAreListed(client) {
  const models = await all(client.models.list());
  assert.ok(models.length, 'no model is listed');
  assert.equal((await client.models.retrieve(models[0].id)).id, models[0].id);
}

async function anAssistantLivesFromCreationToDeletion({ beta: { assistants } }) {
  const described = { name: 'Math Tutor', instructions: 'You are a personal math tutor.', metadata: { class: '7b' } };
  const made = await assistants.create({ model: MODEL, ...described });
  assert.deepEqual([made.object, made.name, made.model, made.tools], ['assistant', 'Math Tutor', MODEL, []]);
  assert.deepEqual(await assistants.retrieve(made.id), made);

  const renamed = await assistants.update(made.id, { name: 'Physics Tutor', temperature: 0.2 });
  assert.deepEqual([renamed.name, renamed.temperature], ['Physics Tutor', 0.2]);
  assert.deepEqual([renamed.instructions, renamed.metadata], [made.instructions, { class: '7b' }]);

  const gone = await remove(assistants, made.id);
  assert.deepEqual({ ...gone }, { id: made.id, object: 'assistant.deleted', deleted: true });
  await refused(NotFoundError, () => assistants.retrieve(made.id));
}

async function anAssistantKeepsItsFunctions(client) {
  const made = await assistant(client, { tools: [{ type: 'function', function: { name: 'get_weather' } }] });
  const { name, parameters, strict } = made.tools[0].function;
  assert.deepEqual([name, parameters, strict], ['get_weather', { type: 'object', properties: {} }, false]);
}

async function assistantsArePagedNewestFirst(client) {
  const made = [await assistant(client), await assistant(client), await assistant(client)].map((one) => one.id);
  const seen = [];
  for await (const one of client.beta.assistants.list({ limit: 1 })) {
    seen.push(one.id);
    if (one.id === made[0]) break;
  }
  assert.deepEqual(seen, made.reverse());
}

async function metadataIsReplacedWhole(client) {
  const made = await assistant(client, { metadata: { a: '1', b: '2' } });
  const { assistants } = client.beta;
  assert.deepEqual((await assistants.update(made.id, { metadata: { c: '3' } })).metadata, { c: '3' });
  assert.deepEqual((await assistants.update(made.id, { metadata: {} })).metadata, {});
}

async function aThreadLivesFromCreationToDeletion({ beta: { threads } }) {
  const made = await threads.create({ metadata: { fullname: '王卓然' } });
  assert.deepEqual([made.object, made.metadata], ['thread', { fullname: '王卓然' }]);
  assert.deepEqual((await threads.retrieve(made.id)).metadata, made.metadata);
  assert.deepEqual((await threads.update(made.id, { metadata: { seen: 'yes' } })).metadata, { seen: 'yes' });

  const gone = await remove(threads, made.id);
  assert.deepEqual({ ...gone }, { id: made.id, object: 'thread.deleted', deleted: true });
  await refused(NotFoundError, () => threads.retrieve(made.id));
}

async function aMessageLivesFromCreationToDeletion({ beta: { threads } }) {
  const thread = await threads.create();
  const made = await threads.messages.create(thread.id, { role: 'user', content: '你都能做什么？' });
  assert.deepEqual([made.object, made.role, made.thread_id], ['thread.message', 'user', thread.id]);
  assert.deepEqual([made.assistant_id, made.run_id, text(made)], [null, null, '你都能做什么？']);
  assert.deepEqual(await threads.messages.retrieve(...inThread(thread.id, made.id)), made);

  const marked = await threads.messages.update(...inThread(thread.id, made.id, { metadata: { seen: 'yes' } }));
  assert.deepEqual([marked.id, marked.metadata], [made.id, { seen: 'yes' }]);

  const gone = await remove(threads.messages, ...inThread(thread.id, made.id));
  assert.deepEqual({ ...gone }, { id: made.id, object: 'thread.message.deleted', deleted: true });
  assert.deepEqual(await all(threads.messages.list(thread.id)), []);
}

async function messagesOfANewThreadKeepTheirOrder(client) {
  const thread = await threadSaying(client, 'one', 'two', 'three');
  const { messages } = client.beta.threads;
  assert.deepEqual((await all(messages.list(thread.id, { order: 'asc' }))).map(text), ['one', 'two', 'three']);
  assert.deepEqual((await all(messages.list(thread.id))).map(text), ['three', 'two', 'one']);
}

async function messagesArePagedInBothDirections(client) {
  const thread = await threadSaying(client, ...'12345');
  const { messages } = client.beta.threads;
  assert.deepEqual((await all(messages.list(thread.id, { limit: 2 }))).map(text), [...'54321']);

  const oldest = (await messages.list(thread.id, { order: 'asc', limit: 1 })).data[0];
  const before = await messages.list(thread.id, { before: oldest.id, limit: 2 });
  assert.deepEqual(before.data.map(text), ['3', '2']);
  assert.deepEqual((await messages.list(thread.id, { after: oldest.id })).data, []);
}

async function everyAnswerNamesItsRequest({ beta: { threads } }) {
  const [first, second] = [await threads.create(), await threads.create()];
  assert.match(first._request_id, /^req_/);
  assert.notEqual(first._request_id, second._request_id);
}

export const checks = {
  modelsAreListed,
  anAssistantLivesFromCreationToDeletion,
  anAssistantKeepsItsFunctions,
  assistantsArePagedNewestFirst,
  metadataIsReplacedWhole,
  aThreadLivesFromCreationToDeletion,
  aMessageLivesFromCreationToDeletion,
  messagesOfANewThreadKeepTheirOrder,
  messagesArePagedInBothDirections,
  everyAnswerNamesItsRequest,
};
