// Messages that are sent together have keys, and are no results.
use wa_message::{Client, InvalidMessage, Message};

fn without_keys(client: &Client, messages: Vec<Message>) {
    let _ = client.send_each(messages);
}

fn results(client: &Client, messages: Vec<Result<Message, InvalidMessage>>) {
    let _ = client.send_each(messages.into_iter().enumerate());
}

fn main() {}
