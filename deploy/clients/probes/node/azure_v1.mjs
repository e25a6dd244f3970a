// Azure's own client of the older wire, @azure/openai-assistants, against a running Threadwell; see checks.mjs for how
// it is run. The endpoint is the base URL without its /v1.

import assert from 'node:assert/strict';

import { AssistantsClient, AzureKeyCredential } from '@azure/openai-assistants';

import { run } from './checks.mjs';

const FINAL = new Set(['cancelled', 'completed', 'expired', 'failed', 'requires_action']);
const WEATHER = {
  type: 'function',
  function: { name: 'get_weather', parameters: { type: 'object', properties: {} } },
};

const simulate = (direction) => `simulate ${JSON.stringify(direction)}`;

const assistant = (client, given = {}) =>
  client.createAssistant({ model: 'gpt-4-turbo', name: 'Tutor', instructions: 'Be brief.', ...given });

const threadSaying = (client, content) => client.createThread({ messages: [{ role: 'user', content }] });

async function settled(client, { threadId, id }) {
  for (;;) {
    const now = await client.getRun(threadId, id);
    if (FINAL.has(now.status)) return now;
    await new Promise((later) => setTimeout(later, 50));
  }
}

const uploaded = (client, filename) =>
  client.uploadFile(new TextEncoder().encode('It begins in March.'), 'assistants', { filename });

const ids = (page) => page.data.map((one) => one.id);

const checks = {
  async an_assistant_is_made_changed_and_deleted(client) {
    const made = await assistant(client, { metadata: { course: 'algebra' } });
    assert.deepEqual([made.name, made.metadata.course], ['Tutor', 'algebra']);
    assert.ok(made.createdAt instanceof Date && Math.abs(Date.now() - made.createdAt) < 3_600_000);
    assert.equal((await client.updateAssistant(made.id, { name: 'Coach' })).name, 'Coach');
    assert.ok(ids(await client.listAssistants({ limit: 5 })).includes(made.id));
    assert.equal((await client.deleteAssistant(made.id)).deleted, true);
    await assert.rejects(client.getAssistant(made.id), /No assistant found with id/);
  },

  async an_assistant_is_given_files(client) {
    const file = await uploaded(client, 'dates.txt');
    const reader = await assistant(client, { tools: [{ type: 'retrieval' }], fileIds: [file.id] });
    assert.deepEqual([reader.tools, reader.fileIds], [[{ type: 'retrieval' }], [file.id]]);
    assert.deepEqual(ids(await client.listAssistantFiles(reader.id)), [file.id]);
    assert.equal((await client.deleteAssistantFile(reader.id, file.id)).deleted, true);
    assert.deepEqual(ids(await client.listAssistantFiles(reader.id)), []);
  },

  async files_are_listed_and_deleted(client) {
    const file = await uploaded(client, 'rates.csv');
    assert.deepEqual([file.filename, file.bytes, file.purpose], ['rates.csv', 19, 'assistants']);
    assert.ok(ids(await client.listFiles()).includes(file.id));
    assert.equal((await client.deleteFile(file.id)).deleted, true);
  },

  async a_run_answers(client) {
    const helper = await assistant(client);
    const thread = await threadSaying(client, simulate({ say: 'One two three.' }));
    const run = await settled(client, await client.createRun(thread.id, { assistantId: helper.id }));
    assert.deepEqual([run.status, run.completedAt >= run.createdAt], ['completed', true]);
    const [message] = (await client.listMessages(thread.id)).data;
    assert.deepEqual([message.role, message.content[0].text.value], ['assistant', 'One two three.']);
    const [step] = (await client.listRunSteps(thread.id, run.id)).data;
    assert.deepEqual([step.type, step.status], ['message_creation', 'completed']);
    assert.equal((await client.getRunStep(thread.id, run.id, step.id)).id, step.id);
  },

  async functions_are_called_and_answered(client) {
    const helper = await assistant(client, { tools: [WEATHER] });
    const words = simulate({ calls: [{ name: 'get_weather', arguments: {} }], then: { say: 'Sunny.' } });
    const thread = await threadSaying(client, words);
    const run = await settled(client, await client.createRun(thread.id, { assistantId: helper.id }));
    assert.equal(run.status, 'requires_action');
    const outputs = run.requiredAction.submitToolOutputs.toolCalls.map(({ id }) => ({ toolCallId: id, output: 'sunny' }));
    const again = await client.submitToolOutputsToRun(thread.id, run.id, outputs);
    assert.equal((await settled(client, again)).status, 'completed');
  },

  async a_busy_thread_refuses_a_second_run(client) {
    const helper = await assistant(client, { tools: [WEATHER] });
    const thread = await threadSaying(client, simulate({ calls: [{ name: 'get_weather', arguments: {} }] }));
    const run = await settled(client, await client.createRun(thread.id, { assistantId: helper.id }));
    await assert.rejects(client.createRun(thread.id, { assistantId: helper.id }), /already has an active run/);
    assert.equal((await client.cancelRun(thread.id, run.id)).status, 'cancelling');
    assert.equal((await settled(client, run)).status, 'cancelled');
  },

  async a_newer_model_is_refused(client) {
    await assert.rejects(client.createAssistant({ model: 'gpt-4o' }), /cannot be used with the Assistants API in v1/);
  },
};

const endpoint = process.env.OPENAI_BASE_URL.replace(/\/v1$/, '');
const credential = new AzureKeyCredential(process.env.OPENAI_API_KEY);
await run(checks, new AssistantsClient(endpoint, credential, { allowInsecureConnection: true }));
