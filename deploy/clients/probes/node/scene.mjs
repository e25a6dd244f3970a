// What most checks begin with, and the two ways in which SDKs name an object inside a thread.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import OpenAI from 'openai';

const packageJson = join(dirname(createRequire(import.meta.url).resolve('openai')), 'package.json');
const major = Number(JSON.parse(readFileSync(packageJson, 'utf8')).version.split('.')[0]);

/** Before version 5 the thread came first; since then the object, and the thread is a parameter. */
export const inThread = (threadId, id, body) =>
  major < 5 ? [threadId, id, body] : [id, { thread_id: threadId, ...body }];

export const stepOf = (run, id) =>
  major < 5 ? [run.thread_id, run.id, id] : [id, { thread_id: run.thread_id, run_id: run.id }];

/** `del` became `delete` in version 5. */
export const remove = (resource, ...args) => (major < 5 ? resource.del(...args) : resource.delete(...args));

/** Reads where and who from the environment. */
export const openai = () =>
  new OpenAI({ baseURL: process.env.OPENAI_BASE_URL, maxRetries: 0, timeout: 60_000 });

export const MODEL = 'gpt-4o';
export const WORDS = 'The quick brown fox jumps over the lazy dog.';
export const WEATHER = { name: 'get_weather', arguments: { city: 'Paris' } };
export const TIME = { name: 'get_time', arguments: { zone: 'Europe/Paris' } };

const FINAL = new Set(['cancelled', 'completed', 'expired', 'failed', 'incomplete', 'requires_action']);

/** A user message that tells the simulated model what to do. */
export const simulate = (direction) => `simulate ${JSON.stringify(direction)}`;

/** A direction to call functions, and what to say once their outputs are there. */
export const calling = (calls, say = 'Done.') => simulate({ calls, then: { say } });

const callable = (name, parameter) => ({
  type: 'function',
  function: {
    name,
    description: `Tells what ${name} tells.`,
    parameters: { type: 'object', properties: { [parameter]: { type: 'string' } }, required: [parameter] },
  },
});

export const FUNCTIONS = [callable('get_weather', 'city'), callable('get_time', 'zone')];

export const assistant = (client, given = {}) =>
  client.beta.assistants.create({ model: MODEL, name: 'Tutor', instructions: 'You are a patient tutor.', ...given });

export const threadSaying = (client, ...words) =>
  client.beta.threads.create({ messages: words.map((content) => ({ role: 'user', content })) });

/** An assistant and a thread that says one thing: what a run needs. */
export async function scene(client, words, given) {
  const [helper, thread] = await Promise.all([assistant(client, given), threadSaying(client, words)]);
  return { helper, thread };
}

/** A run that waits for its functions: it holds the thread for as long as a check needs. */
export async function waitingForOutputs(client, calls, say) {
  const { helper, thread } = await scene(client, calling(calls, say), { tools: FUNCTIONS });
  const run = await client.beta.threads.runs.createAndPoll(thread.id, { assistant_id: helper.id });
  assert.equal(run.status, 'requires_action');
  return run;
}

export const retrieved = (client, run) => client.beta.threads.runs.retrieve(...inThread(run.thread_id, run.id));

export async function polled(client, run) {
  while (!FINAL.has(run.status)) {
    run = await retrieved(client, run);
  }
  return run;
}

export const callsOf = (run) => run.required_action.submit_tool_outputs.tool_calls;

export const outputs = (run, output = 'sunny') => ({
  tool_outputs: callsOf(run).map((call) => ({ tool_call_id: call.id, output })),
});

export const text = (message) =>
  message.content.flatMap((part) => (part.type === 'text' ? [part.text.value] : [])).join('');

export const newest = async (client, threadId) =>
  text((await client.beta.threads.messages.list(threadId, { limit: 1 })).data[0]);

export async function all(page) {
  const items = [];
  for await (const item of page) {
    items.push(item);
  }
  return items;
}

/** The error that the SDK raises for a call that the server must refuse. */
export async function refused(errorType, call) {
  const answer = await call().then(
    (given) => ({ given }),
    (error) => ({ error }),
  );
  if (!(answer.error instanceof errorType)) {
    throw new Error(`expected ${errorType.name}, got ${answer.error ?? JSON.stringify(answer.given)}`);
  }
  return answer.error;
}
