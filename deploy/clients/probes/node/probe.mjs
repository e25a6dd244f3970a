// The official Node SDK against a running Threadwell: one line per check.
// Reads OPENAI_BASE_URL and OPENAI_API_KEY, as the SDK does. Arguments are names of checks; all of them without.

import OpenAI from 'openai';

import * as functions from './functions.mjs';
import * as objects from './objects.mjs';
import * as refusals from './refusals.mjs';
import * as runs from './runs.mjs';
import * as streams from './streams.mjs';

const every = { ...objects.checks, ...runs.checks, ...streams.checks, ...functions.checks, ...refusals.checks };
const only = process.argv.slice(2);
const chosen = only.length ? only : Object.keys(every);
const client = new OpenAI({ maxRetries: 0, timeout: 60_000 });

for (const name of chosen) {
  console.log(`check ${name}`);
}
for (const name of chosen) {
  try {
    await every[name](client);
    console.log(`ok ${name}`);
  } catch (failure) {
    console.log(`not ok ${name}: ${`${failure}`.replace(/\s+/g, ' ')}`);
    console.error(failure);
    process.exitCode = 1;
  }
}
