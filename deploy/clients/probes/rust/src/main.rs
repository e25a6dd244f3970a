//! async-openai, the most used Rust client, against a running Threadwell: one line per check.

#![allow(deprecated)] // The library warns at every call that OpenAI gave the API up.

mod checks;

use std::panic::AssertUnwindSafe;

use futures::future::LocalBoxFuture;
use futures::FutureExt;

use async_openai::{config::OpenAIConfig, Client};

type Check = for<'a> fn(&'a Client<OpenAIConfig>) -> LocalBoxFuture<'a, ()>;

macro_rules! checks {
    ($($name:ident),* $(,)?) => { [$((stringify!($name), (|client| checks::$name(client).boxed_local()) as Check)),*] };
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let config = OpenAIConfig::new()
        .with_api_base(std::env::var("OPENAI_BASE_URL").unwrap())
        .with_api_key(std::env::var("OPENAI_API_KEY").unwrap())
        // For the original too, this library leaves the header to its user.
        .with_header("OpenAI-Beta", "assistants=v2")
        .unwrap();
    let client = Client::with_config(config);
    let all = checks![
        an_assistant_lives_from_creation_to_deletion,
        a_thread_lives_from_creation_to_deletion,
        messages_are_listed_in_both_orders,
        a_run_is_polled_to_its_end,
        a_run_is_streamed_whole,
        a_function_is_answered,
        a_function_is_answered_in_streams,
        a_run_that_waits_is_cancelled,
        a_file_lives_from_upload_to_deletion,
        a_file_of_a_store_is_found_and_cited,
        a_file_that_code_wrote_is_downloaded,
        what_there_is_not_is_not_found,
    ];
    for (name, _) in &all {
        println!("check {name}");
    }
    let mut code = 0;
    for (name, check) in all {
        match AssertUnwindSafe(check(&client)).catch_unwind().await {
            Ok(()) => println!("ok {name}"),
            Err(failure) => {
                code = 1;
                println!("not ok {name}: {}", said(&*failure));
            }
        }
    }
    std::process::exit(code);
}

fn said(failure: &(dyn std::any::Any + Send)) -> String {
    let text = failure
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| failure.downcast_ref::<&str>().copied())
        .unwrap_or("it panicked");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
