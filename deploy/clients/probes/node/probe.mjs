// The official Node SDK against a running Threadwell; see checks.mjs for how it is run.

import { run } from './checks.mjs';
import * as functions from './functions.mjs';
import * as objects from './objects.mjs';
import * as refusals from './refusals.mjs';
import * as runs from './runs.mjs';
import { openai } from './scene.mjs';
import * as streams from './streams.mjs';

const checks = { ...objects.checks, ...runs.checks, ...streams.checks, ...functions.checks, ...refusals.checks };

await run(checks, openai());
