//! The ways to send.

use std::{hint::black_box, pin::Pin, sync::Arc};

use ::wa_message::{Client, Message};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use serde::Deserialize;
use tokio::task::JoinSet;
use wa_bench::sides::wa_message;
use wa_bench_other::{Documents, Other};

const TO: &str = "+5521999990000";
/// As long as a real one.
const TOKEN: &str = "EAAGm0PX4ZCpsBAOZCZBZAq1NZCYpZBqZCexampleexampleexampleexampleexampleexampleexampleexample\
                     exampleexampleexampleexampleexampleexampleexampleexampleexampleexampleexampleZD";
const BODY: &str = "Your table \"by the window\" is ready";

/// What may go wrong, also in a task.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;
type Attempt = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>>;

/// The ways to send.
pub(crate) struct Sides(Vec<Side>);

/// A way to send.
pub(crate) struct Side {
    pub(crate) name: &'static str,
    way: Way,
}

enum Way {
    /// Sends one message.
    One(Box<dyn Fn() -> Attempt>),
    /// Sends many by itself.
    Many(Client, Message),
}

/// What a program wants to know of the answer.
#[derive(Deserialize)]
struct Answer {
    contacts: Vec<Contact>,
    messages: Vec<Accepted>,
}

#[derive(Deserialize)]
struct Contact {
    wa_id: String,
}

#[derive(Deserialize)]
struct Accepted {
    id: String,
}

impl Sides {
    pub(crate) fn new(address: &str) -> Result<Self, Failure> {
        let client = Client::builder(TOKEN, "1")
            .base_url(address)
            .rate(None)
            .recipient_rate(None)
            .build()?;
        let message = wa_message::text(TO, BODY)?;
        let (whole, many) =
            ((client.clone(), Arc::new(message.clone())), (client, message.clone()));
        let url = format!("{address}/v23.0/1/messages");
        let other = Arc::new(Other::new().map_err(|error| error.to_string())?);
        Ok(Self(vec![
            Side::one("wa-message", move || {
                let (client, message) = whole.clone();
                async move {
                    black_box(client.send(&message).await?);
                    Ok(())
                }
            }),
            Side { name: "send-all", way: Way::Many(many.0, many.1) },
            bare("reqwest", reqwest::Client::builder(), &url, &message)?,
            bare("reqwest-with-timeouts", with_timeouts(), &url, &message)?,
            Side::one("other", move || {
                let other = Arc::clone(&other);
                async move {
                    let sent = other.send(Documents::Text, TO, BODY).await;
                    Ok(sent.map_err(|error| error.to_string())?)
                }
            }),
        ]))
    }

    /// Those that can send so many at once.
    pub(crate) fn of(&self, concurrency: usize) -> impl Iterator<Item = &Side> {
        self.0.iter().filter(move |side| concurrency > 1 || matches!(side.way, Way::One(_)))
    }
}

/// The settings that the client has.
fn with_timeouts() -> reqwest::ClientBuilder {
    use std::time::Duration;

    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(30))
        .pool_idle_timeout(Duration::from_secs(30))
}

/// `reqwest` alone, with the bytes of the message and a struct for the answer.
fn bare(
    name: &'static str,
    client: reqwest::ClientBuilder,
    url: &str,
    message: &Message,
) -> Result<Side, Failure> {
    let client = client.build()?;
    let (url, body) = (reqwest::Url::parse(url)?, message.to_json_bytes());
    Ok(Side::one(name, move || {
        let request = client
            .post(url.clone())
            .header(AUTHORIZATION, format!("Bearer {TOKEN}"))
            .header(CONTENT_TYPE, "application/json")
            .body(body.clone());
        async move {
            let answer: Answer = request.send().await?.error_for_status()?.json().await?;
            let first = answer.contacts.first().zip(answer.messages.first());
            let (contact, message) = first.ok_or("an answer without a message")?;
            black_box((&contact.wa_id, &message.id));
            Ok(())
        }
    }))
}

impl Side {
    fn one<F>(name: &'static str, send: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        Self { name, way: Way::One(Box::new(move || Box::pin(send()))) }
    }

    /// Sends so many messages, so many at once.
    pub(crate) async fn run(&self, concurrency: usize, requests: usize) -> Result<(), Failure> {
        match &self.way {
            Way::One(send) => {
                let mut tasks = JoinSet::new();
                for number in 0..requests {
                    if number >= concurrency {
                        tasks.join_next().await.ok_or("a task is missing")???;
                    }
                    tasks.spawn(send());
                }
                while let Some(done) = tasks.join_next().await {
                    done??;
                }
            }
            Way::Many(client, message) => {
                let messages = (0..requests).map(|number| (number, message.clone()));
                let mut sending = client.send_each(messages).concurrency(concurrency);
                while let Some(outcome) = sending.next().await {
                    outcome.result?;
                }
            }
        }
        Ok(())
    }
}
