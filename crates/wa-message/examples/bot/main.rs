//! A bot that takes orders: it gets webhooks, and answers with lists and buttons.
//!
//! `cargo run --example bot` holds one conversation and ends. `cargo run --example bot -- --serve 8080`
//! goes on and takes webhooks at `http://127.0.0.1:8080/webhook` until Ctrl-C. What the bot sends goes to
//! a stand-in of the API that runs in this program.

mod conversation;
mod webhook;

use std::{collections::HashSet, env, error::Error, net::Ipv4Addr};

use tokio::{net::TcpListener, sync::mpsc};
use wa_message::{Client, InvalidMessage, Message, wa_message};
use wa_sandbox::Sandbox;

use webhook::{Incoming, Said, Webhooks};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let port = match (arguments.next().as_deref(), arguments.next()) {
        (None, None) => None,
        (Some("--serve"), Some(port)) => Some(port.parse()?),
        _ => return Err("bot [--serve PORT]".into()),
    };
    let sandbox = Sandbox::start().await?;
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .build()?;

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0))).await?;
    let address = format!("http://{}/webhook", listener.local_addr()?);
    // In a bot of yours they come from the settings of the app.
    let webhooks = Webhooks::new("an-app-secret", "a-verify-token");
    let (sender, receiver) = mpsc::channel(100);
    tokio::spawn(answer_all(client, receiver));
    let service = webhooks.service(sender);
    let server = tokio::spawn(async move { axum::serve(listener, service).await });

    println!("Webhooks come to {address}, and answers go to {}.\n", sandbox.base_url());
    conversation::hold(&address, &webhooks, &sandbox).await?;
    if port.is_some() {
        println!("\nServing. Webhooks have to be signed with `an-app-secret`. Ctrl-C ends.");
        tokio::select! {
            served = server => served??,
            ended = tokio::signal::ctrl_c() => ended?,
        }
    }
    Ok(())
}

/// Answers one message after the other.
async fn answer_all(client: Client, mut messages: mpsc::Receiver<Incoming>) {
    // A webhook may come more than once. A bot that runs for long forgets old ids, or keeps them in
    // its database.
    let mut seen = HashSet::new();
    while let Some(message) = messages.recv().await {
        if seen.insert(message.id.clone())
            && let Err(error) = answer(&client, &message).await
        {
            eprintln!("no answer to {}: {error}", message.id);
        }
    }
}

async fn answer(client: &Client, message: &Incoming) -> Result<(), Box<dyn Error>> {
    let receipt = wa_message! { <read> message_id: &message.id, typing_indicator: "text" }?;
    client.mark_read(&receipt).await?;
    client.send(&reply(message)?).await?;
    Ok(())
}

/// What the bot has to say.
fn reply(message: &Incoming) -> Result<Message, InvalidMessage> {
    let to = &message.from;
    match &message.said {
        Said::Text(text) if text.to_lowercase().contains("thank") => {
            wa_message! { <reaction> to, message_id: &message.id, emoji: "🙏" }
        }
        Said::Text(_) => menu(to),
        Said::Chose { id, title } if id.starts_with("dish-") => wa_message! { <button>
            to,
            context: &message.id,
            body: format!("{title}, a good choice. When shall it be ready?"),
            buttons: [
                { id: "at-once", title: "At once" },
                { id: "at-eight", title: "At eight" },
                { id: "cancel", title: "Cancel it" },
            ],
        },
        Said::Chose { id, .. } if id == "cancel" => {
            wa_message! { <text> to, body: "It is cancelled. Write again when you are hungry." }
        }
        Said::Chose { title, .. } => {
            wa_message! { <reaction> to, message_id: &message.id, emoji: if title == "At once" { "🏃" } else { "👍" } }
        }
        Said::Other(kind) => wa_message! { <text>
            to,
            context: &message.id,
            body: format!("I cannot read a message of type {kind}. Write something, and I show the menu."),
        },
    }
}

fn menu(to: &str) -> Result<Message, InvalidMessage> {
    let sweets = [("pudim", "Pudim", "With caramel"), ("quindim", "Quindim", "With coconut")];
    wa_message! { <list>
        to,
        header: "Tonight",
        body: "What may it be?",
        footer: "The kitchen closes at ten",
        button: "See dishes",
        sections: [
            { title: "Mains", rows: [
                { id: "dish-feijoada", title: "Feijoada", description: "With rice" },
                { id: "dish-moqueca", title: "Moqueca", description: "With fish of the day" },
            ] },
            { title: "Sweets", rows: [
                for (id, title, description) in sweets { id: format!("dish-{id}"), title, description },
            ] },
        ],
    }
}
