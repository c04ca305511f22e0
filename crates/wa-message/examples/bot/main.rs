//! A bot that takes orders: menu, list, buttons, a form, and pictures.
//!
//! `cargo run --example bot --features axum,media` holds one conversation with it and ends. With `-- --serve 8080` behind
//! it goes on and takes webhooks at `http://127.0.0.1:8080/webhook` until Ctrl-C. A stand-in of the API runs in this program: it
//! posts the webhooks, and takes what the bot sends.

mod bot;
mod conversation;

use std::{env, error::Error, net::Ipv4Addr, sync::Arc};

use tokio::net::TcpListener;
use wa_message::{
    Client,
    webhook::{Outcome, Outcomes},
};
use wa_sandbox::Sandbox;

/// In a bot of yours it comes from the settings of the app, and is kept as a secret.
const APP_SECRET: &str = "an-app-secret";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let port = match (arguments.next().as_deref(), arguments.next()) {
        (None, None) => None,
        (Some("--serve"), Some(port)) => Some(port.parse()?),
        _ => return Err("bot [--serve PORT]".into()),
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0))).await?;
    let address = format!("http://{}/webhook", listener.local_addr()?);
    let sandbox = Sandbox::builder().webhook(&address, APP_SECRET).start().await?;
    println!("Webhooks come to {address}, and answers go to {}.\n", sandbox.base_url());

    let outcomes = Arc::new(Outcomes::new(|outcome| {
        if let Outcome::Reached(reached) = outcome {
            println!("       ({reached})");
        }
    }));
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .watch(Arc::clone(&outcomes))
        .build()?;
    let routes = bot::webhooks(APP_SECRET, client, outcomes)?.route("/webhook");
    let server = tokio::spawn(async move { axum::serve(listener, routes).await });

    conversation::hold(&sandbox).await?;
    if port.is_some() {
        println!("\nServing. Webhooks have to be signed with `{APP_SECRET}`. Ctrl-C ends.");
        tokio::select! {
            served = server => served??,
            ended = tokio::signal::ctrl_c() => ended?,
        }
    }
    Ok(())
}
