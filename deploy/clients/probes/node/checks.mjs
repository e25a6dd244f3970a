// Runs checks against a running Threadwell: one line per check.
// Clients read OPENAI_BASE_URL and OPENAI_API_KEY. Arguments are names of checks; all of them without.

export async function run(every, client) {
  const only = process.argv.slice(2);
  const chosen = only.length ? only : Object.keys(every);

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
