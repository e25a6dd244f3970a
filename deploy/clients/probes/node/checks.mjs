// Runs checks against a running Threadwell: one line per check.
// Reads OPENAI_BASE_URL and OPENAI_API_KEY, as the SDK does. Arguments are names of checks; all of them without.

import OpenAI from 'openai';

export async function run(every) {
  const only = process.argv.slice(2);
  const chosen = only.length ? only : Object.keys(every);
  const client = new OpenAI({ baseURL: process.env.OPENAI_BASE_URL, maxRetries: 0, timeout: 60_000 });

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
}
