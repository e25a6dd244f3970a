// Functions that the client executes: runs that stop at `requires_action` and go on with outputs.

import assert from 'node:assert/strict';

import { FUNCTIONS, TIME, WEATHER, all, calling, callsOf, inThread, newest, outputs } from './scene.mjs';
import { polled, scene, waitingForOutputs } from './scene.mjs';
import { TEXT_EVENTS, onceEach } from './streams.mjs';

async function aRunWaitsForOutputsAndThenAnswers(client) {
  const run = await waitingForOutputs(client, [WEATHER], 'It is sunny.');
  assert.deepEqual([run.required_action.type, run.usage], ['submit_tool_outputs', null]);
  const [call] = callsOf(run);
  assert.deepEqual([call.type, call.function.name], ['function', 'get_weather']);
  assert.deepEqual(JSON.parse(call.function.arguments), { city: 'Paris' });

  const submitted = inThread(run.thread_id, run.id, outputs(run));
  const ended = await client.beta.threads.runs.submitToolOutputsAndPoll(...submitted);
  assert.deepEqual([ended.status, ended.required_action], ['completed', null]);
  assert.equal(await newest(client, run.thread_id), 'It is sunny.');
}

async function submittedOutputsQueueTheRunAgain(client) {
  const run = await waitingForOutputs(client, [WEATHER], 'Seen.');
  const submitted = await client.beta.threads.runs.submitToolOutputs(...inThread(run.thread_id, run.id, outputs(run)));
  assert.deepEqual([submitted.status, submitted.required_action], ['queued', null]);
  assert.equal((await polled(client, submitted)).status, 'completed');
  assert.equal(await newest(client, run.thread_id), 'Seen.');
}

async function parallelCallsShareOneStep(client) {
  const run = await waitingForOutputs(client, [WEATHER, TIME], 'Sunny at noon.');
  const calls = callsOf(run);
  assert.deepEqual(calls.map((call) => call.function.name), ['get_weather', 'get_time']);
  const said = { tool_outputs: [{ tool_call_id: calls[1].id, output: 'noon' }, { tool_call_id: calls[0].id, output: 'sunny' }] };
  const { runs } = client.beta.threads;
  const ended = await runs.submitToolOutputsAndPoll(...inThread(run.thread_id, run.id, said));
  assert.equal(ended.status, 'completed');
  const [toolStep, messageStep] = await all(runs.steps.list(...inThread(run.thread_id, run.id, { order: 'asc' })));
  assert.deepEqual(toolStep.step_details.tool_calls.map((call) => call.function.output), ['sunny', 'noon']);
  assert.deepEqual([toolStep.status, messageStep.type], ['completed', 'message_creation']);
}

async function listenersHearACallWhole(client) {
  const { helper, thread } = await scene(client, calling([WEATHER, TIME]), { tools: FUNCTIONS });
  const heard = [];
  const stream = client.beta.threads.runs
    .stream(thread.id, { assistant_id: helper.id })
    .on('toolCallCreated', (call) => heard.push(`created ${call.function.name}`))
    .on('toolCallDone', (call) => heard.push(`done ${call.function.name} ${call.function.arguments}`));
  const waiting = await stream.finalRun();
  assert.equal(waiting.status, 'requires_action');
  const wanted = callsOf(waiting).map((call) => call.function);
  assert.deepEqual(heard, wanted.flatMap((call) => [`created ${call.name}`, `done ${call.name} ${call.arguments}`]));
  assert.deepEqual(JSON.parse(wanted[1].arguments), TIME.arguments);
}

async function outputsAreSubmittedFromInsideTheStream(client) {
  const { helper, thread } = await scene(client, calling([WEATHER], 'It is sunny.'), { tools: FUNCTIONS });
  const { runs } = client.beta.threads;
  let said = '';
  let ended;
  for await (const { event, data } of runs.stream(thread.id, { assistant_id: helper.id })) {
    if (event === 'thread.run.requires_action') {
      const going = runs.submitToolOutputsStream(...inThread(data.thread_id, data.id, outputs(data)));
      going.on('textDelta', (delta) => (said += delta.value));
      ended = await going.finalRun();
    }
  }
  assert.deepEqual([ended.status, said], ['completed', 'It is sunny.']);
}

async function eventsOfFunctionsComeInOrder(client) {
  const { helper, thread } = await scene(client, calling([WEATHER, TIME], 'Sunny at noon.'), { tools: FUNCTIONS });
  const { runs } = client.beta.threads;
  const events = await all(await runs.create(thread.id, { assistant_id: helper.id, stream: true }));
  const expected = [...TEXT_EVENTS.slice(0, 5), 'thread.run.step.delta', 'thread.run.requires_action'];
  assert.deepEqual(onceEach(events), expected);
  const waiting = events.at(-1).data;

  const submitted = inThread(thread.id, waiting.id, { ...outputs(waiting), stream: true });
  const rest = await all(await runs.submitToolOutputs(...submitted));
  assert.deepEqual(onceEach(rest), ['thread.run.step.completed', ...TEXT_EVENTS.slice(1)]);
  const done = rest[0].data.step_details.tool_calls.map((call) => call.function.output);
  assert.deepEqual(done, ['sunny', 'sunny']);
}

export const checks = {
  aRunWaitsForOutputsAndThenAnswers,
  submittedOutputsQueueTheRunAgain,
  parallelCallsShareOneStep,
  listenersHearACallWhole,
  outputsAreSubmittedFromInsideTheStream,
  eventsOfFunctionsComeInOrder,
};
