// The SDKs up to 4.36.0, which speak v1, against a running Threadwell; see checks.mjs for how it is run.

import { run } from './checks.mjs';
import { openai } from './scene.mjs';
import * as v1 from './v1.mjs';

await run(v1.checks, openai());
