//! Receiving messages, and answering them.
//!
//! The API posts what happens to an address of yours. Three things are needed for it: the secret of the app, with which each
//! request is signed; a verify token, a text of your choice that is asked for when the address is entered; and a server
//! that is reached by https. [`service()`](crate::service()) does the rest.
//!
//! ```
//! use wa_message::{Client, Error, wa_message};
//! use wa_message::webhook::{MemorySeen, VerifyToken, Verifier, service, types::IncomingMessage};
//!
//! fn routes(client: Client) -> Result<axum::Router, Box<dyn std::error::Error>> {
//!     let secret = Verifier::new([std::env::var("APP_SECRET")?])?;
//!     let token = VerifyToken::new(std::env::var("VERIFY_TOKEN")?)?;
//!     let webhooks = service(secret, token)
//!         .seen(MemorySeen::new())
//!         .on_message(move |message, _| {
//!             let client = client.clone();
//!             async move { answer(&client, &message).await }
//!         })
//!         .build();
//!     Ok(webhooks.route("/webhook"))
//! }
//!
//! async fn answer(client: &Client, message: &IncomingMessage<'_>) -> Result<(), Error> {
//!     client.mark_read(message).await?;
//!     let reply = match (message.text(), message.choice()) {
//!         (Some(text), _) => format!("You wrote: {text}"),
//!         (_, Some(id)) => format!("You chose: {id}"),
//!         _ => "I can only read texts.".to_owned(),
//!     };
//!     client.send(&wa_message! { <text> to: message, context: message, body: reply }?).await?;
//!     Ok(())
//! }
//! ```
//!
//! # To whom an answer goes
//!
//! `to: &message` is whoever sent it: by the number, or by the business-scoped user id of somebody who hides the number, or
//! to the group that the message was sent to. `context: &message` quotes it. `client.mark_read(&message)` marks it as read.
//! Somebody may have no number at all, so keep people by [`Person::key`](crate::Person::key), and not by `from`.
//!
//! # What was said
//!
//! [`text`](crate::types::IncomingMessage::text), [`choice`](crate::types::IncomingMessage::choice),
//! [`form`](crate::types::IncomingMessage::form) and [`order`](crate::types::IncomingMessage::order) find what bots look for;
//! everything else is in `content`: an [`Item`](crate::Item) with a [`MessageContent`](crate::types::MessageContent), which has an
//! arm for each type of message.
//!
//! ```
//! use wa_message::webhook::{Item, types::{IncomingMessage, InteractiveReply, MessageContent}};
//!
//! fn describe(message: &IncomingMessage<'_>) -> String {
//!     match &message.content {
//!         Item::Known(MessageContent::Text(text)) => format!("a text: {}", text.body),
//!         Item::Known(MessageContent::Image(image)) => {
//!             format!("the picture {}: {}", image.id, image.caption.as_deref().unwrap_or("no caption"))
//!         }
//!         Item::Known(MessageContent::Document(file)) => format!("a file of type {:?}", file.mime_type),
//!         Item::Known(MessageContent::Location(place)) => format!("{}, {}", place.latitude, place.longitude),
//!         Item::Known(MessageContent::Interactive(Item::Known(reply))) => match reply {
//!             InteractiveReply::ButtonReply(button) => format!("the button {}", button.id),
//!             InteractiveReply::ListReply(row) => format!("the row {}", row.id),
//!             reply => format!("an answer: {}", reply.name()),
//!         },
//!         // Of a type that is known: every arm has its name.
//!         Item::Known(content) => format!("something else: {}", content.name()),
//!         // Of one that is not, or with another form than its type has. The JSON is there, and the sender too.
//!         Item::Unknown { name, .. } => format!("a new type: {name}"),
//!         Item::Invalid { name, why, .. } => format!("a broken {name}: {why}"),
//!         _ => String::new(),
//!     }
//! }
//! # use wa_message::webhook::{What, parse};
//! # let body = br#"{ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{ "field": "messages",
//! #     "value": { "messages": [{ "id": "a", "type": "image", "image": { "id": "5" } }] } }] }] }"#;
//! # let event = parse(body).unwrap().events().next().unwrap();
//! # let What::Message(message) = event.what else { panic!() };
//! # assert_eq!(describe(&message), "the picture 5: no caption");
//! ```
//!
//! What is unknown or broken is [reported](crate::WebhookBuilder::report) too, by place and kind; and so is a time, a context or
//! another member that may be missing and cannot be read, without which the message is handed on. An id that is chosen is the one that your button or row was sent with. Never take it for
//! granted that somebody may do what it stands for: old messages stay, and their buttons with them.
//!
//! # Everything comes more than once
//!
//! The API sends again what was not answered with 200, and now and then what was. [`Seen`](crate::Seen) knows an event by its
//! [key](crate::Event::key), while it is handled and afterwards. [`MemorySeen`](crate::MemorySeen) ends with the process; for
//! several machines, write a `Seen` on your database: `claim` has to be one atomic statement.
//!
//! # When to answer
//!
//! Within seconds. [`service()`](crate::service()) tells the two ways: work inside of the request, or hand the events over to
//! a table or queue first. What is handed over is kept as [`Event::to_json`](crate::Event::to_json) and read again by
//! [`parse`](crate::parse).
//!
//! # Behind a proxy
//!
//! The signature is over the bytes as they were sent. A proxy or framework that reads the JSON and writes it again
//! breaks it, because the API escapes what others do not. The limit of a body has to be at least 3 MB.
//!
//! # What is not covered
//!
//! Subscribing an app to fields, the payload encryption, and client certificates, which the proxy before the program checks.
