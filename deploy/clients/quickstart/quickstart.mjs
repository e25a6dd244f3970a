import OpenAI from 'openai';

const { assistants, threads } = new OpenAI().beta; // reads OPENAI_BASE_URL and OPENAI_API_KEY

const tutor = await assistants.create({
  name: 'Math Tutor',
  instructions: 'You are a personal math tutor.',
  model: 'gpt-4o',
});
const thread = await threads.create({
  messages: [{ role: 'user', content: 'Can you help me to solve 3x + 11 = 14?' }],
});

// Streamed: the answer appears while the model writes it.
await threads.runs
  .stream(thread.id, { assistant_id: tutor.id })
  .on('textDelta', (delta) => process.stdout.write(delta.value))
  .finalRun();
console.log();

// Polled: ask again, wait for the run to end, read the newest message.
await threads.messages.create(thread.id, { role: 'user', content: 'And 5x + 20 = 30?' });
const run = await threads.runs.createAndPoll(thread.id, { assistant_id: tutor.id });
const [answer] = (await threads.messages.list(thread.id, { limit: 1 })).data;
console.log(`${run.status}: ${answer.content[0].text.value}`);
