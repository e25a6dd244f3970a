// What the server refuses, in the exact words that clients match.

import assert from 'node:assert/strict';

import OpenAI, { AuthenticationError, BadRequestError, NotFoundError } from 'openai';

import { TIME, WEATHER, WORDS, callsOf, inThread, outputs, refused, scene, simulate } from './scene.mjs';
import { threadSaying, waitingForOutputs } from './scene.mjs';

const UNKNOWN = 'abcdefghijklmnopqrstuvwx';

async function completed(client) {
  const { helper, thread } = await scene(client, simulate({ say: WORDS }));
  return client.beta.threads.runs.createAndPoll(thread.id, { assistant_id: helper.id });
}

async function saying(message, errorType, call, code = null, param = null) {
  const error = await refused(errorType, call);
  assert.equal(error.error.message, message);
  assert.deepEqual([error.type, error.code, error.param], ['invalid_request_error', code, param]);
  assert.match(error.request_id ?? error.requestID, /^req_/);
}

async function aMessageDuringARunIsRefused(client) {
  const run = await waitingForOutputs(client, [WEATHER]);
  const said = `Can't add messages to ${run.thread_id} while a run ${run.id} is active.`;
  const message = { role: 'user', content: 'And?' };
  await saying(said, BadRequestError, () => client.beta.threads.messages.create(run.thread_id, message));
}

async function aSecondRunIsRefused(client) {
  const run = await waitingForOutputs(client, [WEATHER]);
  const said = `Thread ${run.thread_id} already has an active run ${run.id}.`;
  const again = { assistant_id: run.assistant_id };
  await saying(said, BadRequestError, () => client.beta.threads.runs.create(run.thread_id, again));
}

async function missingToolOutputsAreNamed(client) {
  const run = await waitingForOutputs(client, [WEATHER, TIME]);
  const [first, second] = callsOf(run).map((call) => call.id);
  const said = `Expected tool outputs for call_ids ['${first}', '${second}'], got ['${first}']`;
  const half = inThread(run.thread_id, run.id, { tool_outputs: outputs(run).tool_outputs.slice(0, 1) });
  await saying(said, BadRequestError, () => client.beta.threads.runs.submitToolOutputs(...half));
}

async function aFinishedRunTakesNoOutputs(client) {
  const run = await completed(client);
  const late = { tool_outputs: [{ tool_call_id: `call_${UNKNOWN}`, output: 'late' }] };
  const submitted = inThread(run.thread_id, run.id, late);
  const said = 'Runs in status "completed" do not accept tool outputs.';
  await saying(said, BadRequestError, () => client.beta.threads.runs.submitToolOutputs(...submitted));
}

async function aFinishedRunIsNotCancelled(client) {
  const run = await completed(client);
  const said = "Cannot cancel run with status 'completed'.";
  await saying(said, BadRequestError, () => client.beta.threads.runs.cancel(...inThread(run.thread_id, run.id)));
}

async function unknownIdsAreNotFound(client) {
  const { assistants, threads } = client.beta;
  const thread = await threads.create();
  const lookups = {
    [`No assistant found with id 'asst_${UNKNOWN}'.`]: () => assistants.retrieve(`asst_${UNKNOWN}`),
    [`No thread found with id 'thread_${UNKNOWN}'.`]: () => threads.retrieve(`thread_${UNKNOWN}`),
    [`No message found with id 'msg_${UNKNOWN}'.`]: () =>
      threads.messages.retrieve(...inThread(thread.id, `msg_${UNKNOWN}`)),
    [`No run found with id 'run_${UNKNOWN}'.`]: () => threads.runs.retrieve(...inThread(thread.id, `run_${UNKNOWN}`)),
  };
  for (const [said, call] of Object.entries(lookups)) {
    await saying(said, NotFoundError, call);
  }
}

async function aRunWithoutAnAssistantIsRefused(client) {
  const thread = await threadSaying(client, 'Hello');
  const said = "Missing required parameter: 'assistant_id'.";
  const run = () => client.beta.threads.runs.create(thread.id, {});
  await saying(said, BadRequestError, run, 'missing_required_parameter', 'assistant_id');
}

async function anUnknownParameterIsRefused(client) {
  const make = () => client.beta.threads.create({ colour: 'red' });
  await saying("Unknown parameter: 'colour'.", BadRequestError, make, 'unknown_parameter', 'colour');
}

async function aWrongKeyIsRefused(client) {
  const apiKey = 'sk-nobody-has-this-key-0123456789';
  const stranger = new OpenAI({ baseURL: client.baseURL, apiKey, maxRetries: 0 });
  const error = await refused(AuthenticationError, () => stranger.beta.assistants.list());
  assert.deepEqual([error.status, error.code], [401, 'invalid_api_key']);
  assert.match(error.error.message, /^Incorrect API key provided: sk-/);
}

async function theBetaHeaderIsRequired(client) {
  const said =
    "You must provide the 'OpenAI-Beta' header to access the Assistants API. " +
    "Please try again by setting the header 'OpenAI-Beta: assistants=v2'.";
  await saying(said, BadRequestError, () => client.get('/assistants'), 'invalid_beta');
}

export const checks = {
  aMessageDuringARunIsRefused,
  aSecondRunIsRefused,
  missingToolOutputsAreNamed,
  aFinishedRunTakesNoOutputs,
  aFinishedRunIsNotCancelled,
  unknownIdsAreNotFound,
  aRunWithoutAnAssistantIsRefused,
  anUnknownParameterIsRefused,
  aWrongKeyIsRefused,
  theBetaHeaderIsRequired,
};
