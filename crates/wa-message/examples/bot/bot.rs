//! The bot itself.

use std::sync::Arc;

use wa_message::{
    Client, Error, InvalidMessage, Message, wa_message,
    webhook::{
        Item, MemorySeen, Outcomes, SecretError, Verifier, VerifyToken, WebhookService, service,
        types::{IncomingMessage, MessageContent},
    },
};

/// Takes webhooks: each message is answered once, however often it comes.
pub(crate) fn webhooks(
    app_secret: &str,
    client: Client,
    outcomes: Arc<Outcomes>,
) -> Result<WebhookService, SecretError> {
    let webhooks = service(Verifier::new([app_secret])?, VerifyToken::new("a-verify-token")?)
        .seen(MemorySeen::new())
        .outcomes(outcomes)
        .on_message(move |message, _| {
            let client = client.clone();
            async move { answer(&client, &message).await }
        });
    Ok(webhooks.build())
}

async fn answer(client: &Client, message: &IncomingMessage<'_>) -> Result<(), Error> {
    client.mark_read(message).await?;
    let reply = match (&message.content, message.choice()) {
        (_, Some(id)) => chosen(message, id)?,
        (Item::Known(MessageContent::Text(text)), _) if text.body.contains("ank you") => {
            wa_message! { <reaction> to: message, message_id: &message.id, emoji: "🙏" }?
        }
        (Item::Known(MessageContent::Text(_)), _) => menu(message)?,
        (Item::Known(MessageContent::Image(image)), _) => {
            let picture = client.media().download(image).bytes().await?;
            let body = format!("A picture of {} bytes. It looks delicious.", picture.len());
            wa_message! { <text> to: message, context: message, body }?
        }
        _ => match message.form() {
            Some(form) => {
                let body = format!("Thank you, noted: {}", form.as_str());
                wa_message! { <text> to: message, body }?
            }
            None => wa_message! { <text>
                to: message,
                context: message,
                body: "I cannot read that. Write something, and I show the menu.",
            }?,
        },
    };
    client.send(&reply).await?;
    Ok(())
}

fn menu(message: &IncomingMessage<'_>) -> Result<Message, InvalidMessage> {
    let sweets = [("pudim", "Pudim", "With caramel"), ("quindim", "Quindim", "With coconut")];
    wa_message! { <list>
        to: message,
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

/// A row or a button.
fn chosen(message: &IncomingMessage<'_>, id: &str) -> Result<Message, InvalidMessage> {
    match id {
        dish if dish.starts_with("dish-") => wa_message! { <button>
            to: message,
            context: message,
            body: "A good choice. When shall it be ready?",
            buttons: [
                { id: "at-once", title: "At once" },
                { id: "at-eight", title: "At eight" },
                { id: "address", title: "Bring it to me" },
            ],
        },
        "address" => wa_message! { <flow>
            to: message,
            body: "Where do you live?",
            flow_id: "100200300",
            flow_token: "address",
            flow_cta: "Tell us",
            flow_action_payload: "ADDRESS",
        },
        _ => wa_message! { <reaction>
            to: message,
            message_id: &message.id,
            emoji: if id == "at-once" { "🏃" } else { "👍" },
        },
    }
}
