//! `whatsapp-business-rs`.
//!
//! Its serialization is private: a draft becomes JSON only on the way into a request. The address
//! that it sends to here has a scheme that the HTTP client refuses, after the body is encoded and
//! before anything is connected. So a send is its own work and ends at once. What the request around
//! the body costs is measured beside it, by a request of the same crate that has no body.

use std::{
    error::Error,
    future::IntoFuture,
    pin::pin,
    task::{Context, Poll, Waker},
};

use whatsapp_business_rs::{
    Client, Draft, IdentityRef,
    client::MessageManager,
    message::{InteractiveMessage, IntoDraft, OptionButton, OptionList, Section},
};

/// The name of the variable in the environment that says where the crate sends to.
pub const ADDRESS: &str = "API_BASE_URL_FOR_TESTING";
/// An address that its HTTP client refuses before it connects.
pub const REFUSED: &str = "nowhere://refused";

/// The documents that the crate can write.
#[derive(Debug, Clone, Copy)]
pub enum Documents {
    /// A list message with a recipient type and four descriptions.
    List,
    /// A message with two reply buttons.
    Button,
    /// A text message.
    Text,
}

/// A client of the crate.
pub struct Other {
    manager: MessageManager<'static>,
}

impl Other {
    /// Makes a client.
    ///
    /// # Errors
    ///
    /// When the client cannot be made.
    pub fn new() -> Result<Self, Box<dyn Error>> {
        let client = Client::builder().auth("token").build()?;
        Ok(Self { manager: client.message(IdentityRef::business("1")) })
    }

    /// Builds and encodes a message, and makes a request that is refused.
    pub fn encode(&self, document: Documents, to: &str, value: &str) {
        match document {
            Documents::List => self.refuse(to, list(value)),
            Documents::Button => self.refuse(to, button(value)),
            Documents::Text => self.refuse(to, Draft::text(value)),
        }
    }

    /// Makes a request without a body that is refused.
    pub fn request(&self) {
        poll(self.manager.delete_media("1"));
    }

    /// Sends a message.
    ///
    /// # Errors
    ///
    /// When there is no answer.
    pub async fn send(
        &self,
        document: Documents,
        to: &str,
        value: &str,
    ) -> Result<(), Box<dyn Error>> {
        let to = IdentityRef::user(to);
        match document {
            Documents::List => self.manager.send(to, list(value)).await?,
            Documents::Button => self.manager.send(to, button(value)).await?,
            Documents::Text => self.manager.send(to, Draft::text(value)).await?,
        };
        Ok(())
    }

    fn refuse(&self, to: &str, draft: impl IntoDraft) {
        poll(self.manager.send(IdentityRef::user(to), draft));
    }
}

fn poll(request: impl IntoFuture) {
    let future = pin!(request.into_future());
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => drop(std::hint::black_box(answer)),
        Poll::Pending => {
            panic!("a request was not refused at once: is {ADDRESS} set to {REFUSED}?")
        }
    }
}

fn list(title: &str) -> InteractiveMessage {
    let sections = [
        Section::new(
            "Mains",
            [
                OptionButton::new("With rice", "Feijoada", "m1"),
                OptionButton::new("What the market had", title, "m2"),
            ],
        ),
        Section::new(
            "Sweets",
            [
                OptionButton::new("With caramel", "Pudim", "s1"),
                OptionButton::new("With coconut", "Quindim", "s2"),
            ],
        ),
    ];
    InteractiveMessage::new(OptionList::new_sections(sections, "See dishes"), "Pick a dish")
        .header("Tonight")
        .footer("Kitchen closes at ten")
}

fn button(title: &str) -> Draft {
    Draft::new()
        .body("Keep the table at eight?")
        .footer("We hold it for 15 minutes")
        .add_reply_button("keep", title)
        .add_reply_button("cancel", "Cancel it")
}
