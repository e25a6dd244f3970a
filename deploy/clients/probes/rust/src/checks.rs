//! The checks; what they ask for is spelled as on the wire and read into the library's own types.

use std::time::{Duration, Instant};

use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::traits::RequestOptionsBuilder;
use async_openai::types::assistants::*;
use async_openai::types::files::{CreateFileRequest, FileInput, FilePurpose};
use async_openai::types::vectorstores::VectorStoreFileStatus;
use futures::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::{json, Value};

type Client = async_openai::Client<OpenAIConfig>;

const PATIENCE: Duration = Duration::from_secs(60);
const INTERVAL: Duration = Duration::from_millis(50);
const WORDS: &str = "天安门 🦊 naïve café — The quick brown fox jumps over the lazy dog.";
const TIDES: &str = "Low water is at noon; the ferry waits for the tide.";

const EVENTS_OF_A_TEXT: [&str; 10] = [
    "thread.run.queued",
    "thread.run.in_progress",
    "thread.run.step.created",
    "thread.run.step.in_progress",
    "thread.message.created",
    "thread.message.in_progress",
    "thread.message.delta",
    "thread.message.completed",
    "thread.run.step.completed",
    "thread.run.completed",
];

pub async fn an_assistant_lives_from_creation_to_deletion(client: &Client) {
    let tools = json!([function(), {"type": "code_interpreter"}, {"type": "file_search"}]);
    let made = assistant(client, tools).await;
    let assistants = client.assistants();
    assert_eq!(assistants.retrieve(&made).await.unwrap().name.unwrap(), "Tutor");
    let renamed = assistants.update(&made, wanted(json!({"model": "gpt-4o", "name": "Teacher"}))).await;
    assert_eq!(renamed.unwrap().name.unwrap(), "Teacher");
    let newest = client.assistants().query(&json!({"limit": 100})).unwrap().list().await.unwrap();
    assert!(newest.data.iter().any(|one| one.id == made), "it is not among the newest");
    assert!(assistants.delete(&made).await.unwrap().deleted);
    is_not_found(assistants.retrieve(&made).await);
}

pub async fn a_thread_lives_from_creation_to_deletion(client: &Client) {
    let made = thread(client, &[]).await;
    assert_eq!(client.threads().retrieve(&made).await.unwrap().id, made);
    assert!(client.threads().delete(&made).await.unwrap().deleted);
    is_not_found(client.threads().retrieve(&made).await);
}

pub async fn messages_are_listed_in_both_orders(client: &Client) {
    let made = thread(client, &["One.", "Two."]).await;
    let third = wanted(json!({"role": "user", "content": "Three."}));
    client.threads().messages(&made).create(third).await.unwrap();
    assert_eq!(texts(client, &made, "asc").await, ["One.", "Two.", "Three."]);
    assert_eq!(texts(client, &made, "desc").await, ["Three.", "Two.", "One."]);
}

pub async fn a_run_is_polled_to_its_end(client: &Client) {
    let run = run(client, &saying(), json!([])).await;
    assert_eq!(run.status, RunStatus::Completed);
    assert_eq!(steps(client, &run).await, [RunStepType::MessageCreation]);
    assert_eq!(texts(client, &run.thread_id, "desc").await[0], WORDS);
}

pub async fn a_run_is_streamed_whole(client: &Client) {
    let made = thread(client, &[&saying()]).await;
    let asked = wanted(json!({"assistant_id": assistant(client, json!([])).await}));
    let heard = heard(client.threads().runs(&made).create_stream(asked).await.unwrap()).await;
    assert_eq!(heard.names, [&["thread.run.created"], &EVENTS_OF_A_TEXT[..]].concat());
    assert_eq!(heard.text, WORDS);
    assert_eq!(texts(client, &made, "desc").await[0], WORDS);
}

pub async fn a_function_is_answered(client: &Client) {
    let waiting = waiting(client).await;
    let call = the_call(&waiting);
    let runs = client.threads();
    let going_on =
        runs.runs(&waiting.thread_id).submit_tool_outputs(&waiting.id, outputs(&call)).await.unwrap();
    let ended = polled(client, going_on, false).await;
    assert_eq!(ended.status, RunStatus::Completed);
    assert_eq!(steps(client, &ended).await, [RunStepType::ToolCalls, RunStepType::MessageCreation]);
    assert_eq!(texts(client, &ended.thread_id, "desc").await[0], "It is sunny.");
}

pub async fn a_function_is_answered_in_streams(client: &Client) {
    let made = thread(client, &[&calling()]).await;
    let asked = wanted(json!({"assistant_id": assistant(client, json!([function()])).await}));
    let threads = client.threads();
    let runs = threads.runs(&made);
    let asked = heard(runs.create_stream(asked).await.unwrap()).await;
    assert_eq!(*asked.names.last().unwrap(), "thread.run.requires_action");
    assert_eq!(json_of(&asked.arguments), json!({"city": "Paris"}));
    let waiting = asked.waiting.unwrap();
    let call = the_call(&waiting);
    let answered = heard(runs.submit_tool_outputs_stream(&waiting.id, outputs(&call)).await.unwrap()).await;
    assert_eq!(answered.names, [&["thread.run.step.completed"], &EVENTS_OF_A_TEXT[..]].concat());
    assert_eq!(answered.text, "It is sunny.");
}

pub async fn a_run_that_waits_is_cancelled(client: &Client) {
    let waiting = waiting(client).await;
    let cancelled = client.threads().runs(&waiting.thread_id).cancel(&waiting.id).await.unwrap();
    assert_eq!(polled(client, cancelled, true).await.status, RunStatus::Cancelled);
}

pub async fn a_file_lives_from_upload_to_deletion(client: &Client) {
    let made = upload(client, "größe 文件.txt").await;
    assert_eq!(client.files().retrieve(&made).await.unwrap().filename, "größe 文件.txt");
    assert!(client.files().delete(&made).await.unwrap().deleted);
    is_not_found(client.files().retrieve(&made).await);
}

pub async fn a_file_of_a_store_is_found_and_cited(client: &Client) {
    let file = upload(client, "tides.txt").await;
    let stores = client.vector_stores();
    let store = stores.create(wanted(json!({"name": "Harbour"}))).await.unwrap().id;
    let files = stores.files(&store);
    let mut added = files.create(wanted(json!({"file_id": file}))).await.unwrap();
    let began = Instant::now();
    while added.status == VectorStoreFileStatus::InProgress {
        wait(began).await;
        added = files.retrieve(&file).await.unwrap();
    }
    assert_eq!(added.status, VectorStoreFileStatus::Completed);

    let helper: AssistantObject = client
        .assistants()
        .create(wanted(
            json!({"model": "gpt-4o", "tools": [{"type": "file_search"}], "instructions": "Help.",
                              "tool_resources": {"file_search": {"vector_store_ids": [store]}}}),
        ))
        .await
        .unwrap();
    let run = run_of(client, "When does the ferry wait for the tide?", &helper.id).await;
    assert_eq!(run.status, RunStatus::Completed);
    assert_eq!(steps(client, &run).await, [RunStepType::ToolCalls, RunStepType::MessageCreation]);
    assert_eq!(annotated(client, &run.thread_id).await, [file.clone()]);

    assert!(client.files().delete(&file).await.unwrap().deleted);
    assert!(client.vector_stores().delete(&store).await.unwrap().deleted);
}

pub async fn a_file_that_code_wrote_is_downloaded(client: &Client) {
    let code = "open('/mnt/data/tides.csv', 'w').write('a,b')";
    let said = simulate(json!({"calls": [{"name": "code_interpreter", "arguments": {"code": code}}],
                               "then": {"say": "[Tides](sandbox:/mnt/data/tides.csv)"}}));
    let run = run(client, &said, json!([{"type": "code_interpreter"}])).await;
    assert_eq!(run.status, RunStatus::Completed);
    let files = annotated(client, &run.thread_id).await;
    assert_eq!(files.len(), 1);
    assert_eq!(client.files().content(&files[0]).await.unwrap(), "a,b");
}

pub async fn what_there_is_not_is_not_found(client: &Client) {
    let asked = wanted(json!({"assistant_id": assistant(client, json!([])).await}));
    is_not_found(client.threads().runs("thread_none").create(asked).await);
}

/// What was heard of a stream: names without the repetition of one that follows itself.
#[derive(Default)]
struct Heard {
    names: Vec<&'static str>,
    text: String,
    arguments: String,
    waiting: Option<RunObject>,
}

async fn heard(mut events: AssistantEventStream) -> Heard {
    let mut heard = Heard::default();
    while let Some(event) = events.next().await {
        use AssistantStreamEvent::*;
        let name = match event.unwrap() {
            ThreadRunCreated(_) => "thread.run.created",
            ThreadRunQueued(_) => "thread.run.queued",
            ThreadRunInProgress(_) => "thread.run.in_progress",
            ThreadRunStepCreated(_) => "thread.run.step.created",
            ThreadRunStepInProgress(_) => "thread.run.step.in_progress",
            ThreadRunStepCompleted(_) => "thread.run.step.completed",
            ThreadMessageCreated(_) => "thread.message.created",
            ThreadMessageInProgress(_) => "thread.message.in_progress",
            ThreadMessageCompleted(_) => "thread.message.completed",
            ThreadRunCompleted(_) => "thread.run.completed",
            ThreadMessageDelta(delta) => {
                heard.text.push_str(&text_of(delta));
                "thread.message.delta"
            }
            ThreadRunStepDelta(delta) => {
                heard.arguments.push_str(&arguments_of(delta));
                "thread.run.step.delta"
            }
            ThreadRunRequiresAction(run) => {
                heard.waiting = Some(run);
                "thread.run.requires_action"
            }
            Done(_) => continue,
            other => panic!("unexpected: {other:?}"),
        };
        if heard.names.last() != Some(&name) {
            heard.names.push(name);
        }
    }
    heard
}

fn text_of(delta: MessageDeltaObject) -> String {
    match &delta.delta.content.unwrap()[0] {
        MessageDeltaContent::Text(part) => part.text.as_ref().unwrap().value.clone().unwrap_or_default(),
        other => panic!("unexpected: {other:?}"),
    }
}

fn arguments_of(delta: RunStepDeltaObject) -> String {
    let seen = serde_json::to_value(delta.delta).unwrap();
    let calls = seen["step_details"]["tool_calls"].as_array().cloned().unwrap_or_default();
    calls.iter().filter_map(|call| call["function"]["arguments"].as_str()).collect()
}

fn simulate(direction: Value) -> String {
    format!("simulate {direction}")
}

fn saying() -> String {
    simulate(json!({"say": WORDS}))
}

fn calling() -> String {
    let calls = json!([{"name": "get_weather", "arguments": {"city": "Paris"}}]);
    simulate(json!({"calls": calls, "then": {"say": "It is sunny."}}))
}

fn function() -> Value {
    let parameters = json!({"type": "object", "properties": {"city": {"type": "string"}}});
    json!({"type": "function", "function": {"name": "get_weather", "description": "Tells the weather.",
                                            "parameters": parameters}})
}

fn wanted<T: DeserializeOwned>(spelled: Value) -> T {
    serde_json::from_value(spelled).unwrap()
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

async fn assistant(client: &Client, tools: Value) -> String {
    let asked = json!({"model": "gpt-4o", "name": "Tutor", "instructions": "Teach.", "tools": tools});
    client.assistants().create(wanted(asked)).await.unwrap().id
}

async fn thread(client: &Client, messages: &[&str]) -> String {
    let said: Vec<Value> = messages.iter().map(|text| json!({"role": "user", "content": text})).collect();
    client.threads().create(wanted(json!({"messages": said}))).await.unwrap().id
}

async fn run(client: &Client, said: &str, tools: Value) -> RunObject {
    let helper = assistant(client, tools).await;
    run_of(client, said, &helper).await
}

async fn run_of(client: &Client, said: &str, helper: &str) -> RunObject {
    let made = thread(client, &[said]).await;
    let asked = wanted(json!({"assistant_id": helper}));
    let created = client.threads().runs(&made).create(asked).await.unwrap();
    polled(client, created, false).await
}

async fn waiting(client: &Client) -> RunObject {
    let run = run(client, &calling(), json!([function()])).await;
    assert_eq!(run.status, RunStatus::RequiresAction);
    run
}

async fn polled(client: &Client, mut run: RunObject, waiting_too: bool) -> RunObject {
    let began = Instant::now();
    while matches!(run.status, RunStatus::Queued | RunStatus::InProgress | RunStatus::Cancelling)
        || (waiting_too && run.status == RunStatus::RequiresAction)
    {
        wait(began).await;
        run = client.threads().runs(&run.thread_id).retrieve(&run.id).await.unwrap();
    }
    run
}

async fn wait(began: Instant) {
    assert!(began.elapsed() < PATIENCE, "it takes too long");
    tokio::time::sleep(INTERVAL).await;
}

fn the_call(run: &RunObject) -> String {
    let calls = &run.required_action.as_ref().unwrap().submit_tool_outputs.tool_calls;
    assert_eq!((calls.len(), calls[0].function.name.as_str()), (1, "get_weather"));
    assert_eq!(json_of(&calls[0].function.arguments), json!({"city": "Paris"}));
    calls[0].id.clone()
}

fn outputs(call: &str) -> SubmitToolOutputsRunRequest {
    wanted(json!({"tool_outputs": [{"tool_call_id": call, "output": "sunny"}]}))
}

async fn messages(client: &Client, thread: &str, order: &str) -> Vec<MessageObject> {
    let threads = client.threads();
    threads.messages(thread).query(&json!({"order": order})).unwrap().list().await.unwrap().data
}

async fn texts(client: &Client, thread: &str, order: &str) -> Vec<String> {
    let all = messages(client, thread, order).await;
    all.iter().map(|message| part(message).value.clone()).collect()
}

fn part(message: &MessageObject) -> &TextData {
    match &message.content[0] {
        MessageContent::Text(part) => &part.text,
        other => panic!("unexpected: {other:?}"),
    }
}

/// The files that the newest message of a thread names.
async fn annotated(client: &Client, thread: &str) -> Vec<String> {
    let newest = &messages(client, thread, "desc").await[0];
    part(newest)
        .annotations
        .iter()
        .map(|one| match one {
            MessageContentTextAnnotations::FileCitation(found) => found.file_citation.file_id.clone(),
            MessageContentTextAnnotations::FilePath(made) => made.file_path.file_id.clone(),
        })
        .collect()
}

async fn steps(client: &Client, run: &RunObject) -> Vec<RunStepType> {
    let threads = client.threads();
    let runs = threads.runs(&run.thread_id);
    let all = runs.steps(&run.id).query(&json!({"order": "asc"})).unwrap().list().await.unwrap();
    all.data.into_iter().map(|step| step.r#type).collect()
}

async fn upload(client: &Client, name: &str) -> String {
    let file = FileInput::from_vec_u8(name.to_string(), TIDES.as_bytes().to_vec());
    let request = CreateFileRequest { file, purpose: FilePurpose::Assistants, expires_after: None };
    client.files().create(request).await.unwrap().id
}

fn is_not_found<T>(answer: Result<T, OpenAIError>) {
    match answer {
        Err(OpenAIError::ApiError(refusal)) => assert_eq!(refusal.status_code.as_u16(), 404),
        Err(other) => panic!("it is no refusal: {other}"),
        Ok(_) => panic!("it is there"),
    }
}
