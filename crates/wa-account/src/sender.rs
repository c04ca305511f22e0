//! The process that is the sender. It writes what it says of each message, and prints the most memory
//! that it ever had.

use std::{io, time::Duration};

use wa_message::{
    Client, Error, Message, Sent,
    client::{Attempt, Backoff, Decision, RecipientRate, RetryPolicy},
    wa_message,
};

use crate::{
    memory::peak_memory,
    options::SendOptions,
    outcomes::{Said, Writer},
    receiver::Receiver,
};

pub(crate) fn send(options: &SendOptions) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(send_all(options))?;
    println!("{}", peak_memory("self").unwrap_or(0));
    Ok(())
}

async fn send_all(options: &SendOptions) -> io::Result<()> {
    let receiver = match &options.webhooks {
        Some((port, _)) => Some(Receiver::start(*port).await?),
        None => None,
    };
    let mut builder = Client::builder("sandbox-token", "100200300400500")
        .base_url(&options.address)
        .timeout(options.timeout)
        // Its rates would make hours of it. A recipient can still be held back.
        .rate(None)
        .recipient_rate(RecipientRate::new(1000, Duration::from_millis(1)))
        .retry(hurried);
    if let Some(receiver) = &receiver {
        builder = builder.watch(receiver.watch());
    }
    let client = builder.build().map_err(io::Error::other)?;
    let mut writer = Writer::create(&options.outcomes)?;
    let mut taken = 0;
    let messages = (0..options.messages).map(|key| {
        taken += 1;
        message(key, options.messages)
    });
    let mut sending = client.send_each(messages).concurrency(options.concurrency);
    let mut outcomes = 0;
    loop {
        if let Some(cancel) = options.cancel.filter(|cancel| cancel.outcomes == outcomes) {
            tokio::time::sleep(cancel.pause).await;
            if cancel.by_drop {
                for key in sending.in_flight() {
                    writer.write(*key, &Said::InDoubt)?;
                }
                break;
            }
            sending.stop_handle().abort();
        }
        let Some(outcome) = sending.next().await else { break };
        outcomes += 1;
        writer.write(outcome.key, &said(outcome.result))?;
    }
    drop(sending);
    for key in taken..options.messages {
        writer.write(key, &Said::NotTaken)?;
    }
    writer.finish()?;
    if let (Some(receiver), Some((_, path))) = (receiver, &options.webhooks) {
        receiver.settle(&options.address, options.messages, path).await?;
    }
    Ok(())
}

/// The usual policy, with pauses that are a hundred times shorter.
fn hurried(attempt: &Attempt, error: &Error) -> Decision {
    match Backoff::new().decide(attempt, error) {
        Decision::RetryAfter(pause) => Decision::RetryAfter(pause / 100),
        decision => decision,
    }
}

/// Eight messages to each recipient, not one after the other.
fn message(key: u64, messages: u64) -> (u64, Message) {
    let to = format!("+1555{:07}", key % messages.div_ceil(8).max(1));
    let message = wa_message! { <text>
        to,
        body: "Your order is on its way.",
        biz_opaque_callback_data: key.to_string(),
    };
    (key, message.unwrap_or_else(|error| unreachable!("{error}")))
}

fn said(result: Result<Sent, Error>) -> Said {
    match result {
        Ok(sent) => Said::Sent(sent.id().to_owned()),
        Err(Error::Refused(error) | Error::Throttled(error)) => Said::Refused(error.code()),
        Err(Error::NotSent(_)) => Said::NotSent,
        Err(Error::Unreadable(_)) => Said::Unreadable,
        // What is not known here is in doubt.
        Err(_) => Said::InDoubt,
    }
}
