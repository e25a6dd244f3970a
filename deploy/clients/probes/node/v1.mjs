// The older wire: files by `file_ids`, `retrieval`, and streams as far as the SDK knows them.

import assert from 'node:assert/strict';

import OpenAI, { toFile } from 'openai';

import { all, calling, newest, outputs, polled, simulate, text, threadSaying } from './scene.mjs';

const assistant = (client, given = {}) =>
  client.beta.assistants.create({ model: 'gpt-4-turbo', instructions: 'Be brief.', ...given });

const uploaded = async (client, name) =>
  client.files.create({ file: await toFile(Buffer.from('It begins in March.'), name), purpose: 'assistants' });

const ids = (items) => items.map((item) => item.id);

export const checks = {
  async an_assistant_is_given_files(client) {
    const [one, other] = [await uploaded(client, 'one.txt'), await uploaded(client, 'other.txt')];
    const reader = await assistant(client, { tools: [{ type: 'retrieval' }], file_ids: [one.id] });
    assert.deepEqual([reader.tools, reader.file_ids], [[{ type: 'retrieval' }], [one.id]]);
    const { files } = client.beta.assistants;
    const added = await files.create(reader.id, { file_id: other.id });
    assert.deepEqual([added.object, added.assistant_id], ['assistant.file', reader.id]);
    assert.deepEqual(ids(await all(files.list(reader.id, { limit: 1 }))), [other.id, one.id]);
    assert.equal((await files.retrieve(reader.id, other.id)).id, other.id);
    assert.equal((await files.del(reader.id, other.id)).object, 'assistant.file.deleted');
    assert.deepEqual((await client.beta.assistants.retrieve(reader.id)).file_ids, [one.id]);
  },

  async a_message_brings_a_file(client) {
    const table = await uploaded(client, 'table.csv');
    const thread = await client.beta.threads.create();
    const message = await client.beta.threads.messages.create(thread.id, {
      role: 'user',
      content: 'Draw it.',
      file_ids: [table.id],
    });
    assert.deepEqual(message.file_ids, [table.id]);
    const held = await all(client.beta.threads.messages.files.list(thread.id, message.id));
    assert.deepEqual([ids(held), held[0].message_id], [[table.id], message.id]);
  },

  async functions_are_called_and_answered(client) {
    const helper = await assistant(client, {
      tools: [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: {} } } }],
    });
    const thread = await threadSaying(client, calling([{ name: 'get_weather', arguments: {} }], 'Sunny.'));
    const run = await polled(client, await client.beta.threads.runs.create(thread.id, { assistant_id: helper.id }));
    assert.deepEqual([run.status, run.file_ids], ['requires_action', []]);
    const again = await client.beta.threads.runs.submitToolOutputs(thread.id, run.id, outputs(run));
    assert.equal((await polled(client, again)).status, 'completed');
    assert.equal(await newest(client, thread.id), 'Sunny.');
  },

  async a_newer_model_is_refused(client) {
    const refusal = client.beta.assistants.create({ model: 'gpt-4o' });
    await assert.rejects(refusal, /'gpt-4o' cannot be used with the Assistants API in v1\./);
  },
};

// Streams came with 4.29.
if (OpenAI.Beta.Threads.Runs.prototype.createAndStream) {
  checks.an_answer_is_streamed = async (client) => {
    const helper = await assistant(client, { tools: [{ type: 'retrieval' }] });
    const thread = await threadSaying(client, simulate({ say: 'One two three.' }));
    const words = [];
    const stream = client.beta.threads.runs.createAndStream(thread.id, { assistant_id: helper.id });
    stream.on('textDelta', (delta) => words.push(delta.value));
    const run = await stream.finalRun();
    assert.deepEqual([run.status, run.tools, run.file_ids], ['completed', [{ type: 'retrieval' }], []]);
    const [message] = await stream.finalMessages();
    assert.deepEqual([words.join(''), text(message), message.file_ids], ['One two three.', 'One two three.', []]);
  };
}
