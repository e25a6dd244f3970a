import OpenAI from "openai";

const client = new OpenAI(); // reads OPENAI_BASE_URL and OPENAI_API_KEY

const painter = await client.beta.assistants.create({
  name: "Poster painter",
  instructions: "Find out what is asked for, name your sources, and draw it.",
  model: "gpt-4o",
  tools: [{ type: "web_search" }, { type: "image_to_text" }, { type: "text_to_image" }],
});
const thread = await client.beta.threads.create({
  messages: [{ role: "user", content: "Please make a poster about tomorrow's tide" }],
});

// The picture, which stands before the text, and the pages that the text cites.
async function show(message) {
  const [drawn, said] = message.content;
  const answer = await client.files.content(drawn.image_file.file_id);
  const picture = Buffer.from(await answer.arrayBuffer());
  console.log("picture:", picture.toString("latin1", 1, 4), picture.length, "bytes");
  for (const cited of said.text.annotations) console.log("cites:", cited.text, cited.url_citation.url);
}

// Streamed: the calls of tools are steps of the run.
const stream = client.beta.threads.runs.stream(thread.id, { assistant_id: painter.id });
const messages = [];
stream.on("runStepDone", (step) => {
  if (step.type !== "tool_calls") return;
  for (const call of step.step_details.tool_calls) console.log("called:", call.type);
});
stream.on("messageDone", (message) => messages.push(message));
await stream.done();
for (const message of messages) await show(message);

// Polled
await client.beta.threads.messages.create(thread.id, { role: "user", content: "And a poster about today's tide" });
const run = await client.beta.threads.runs.createAndPoll(thread.id, { assistant_id: painter.id });
console.log("polled:", run.status);
await show((await client.beta.threads.messages.list(thread.id, { limit: 1 })).data[0]);

await client.beta.assistants.delete(painter.id);
