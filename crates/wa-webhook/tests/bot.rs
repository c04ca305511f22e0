//! The bot of the examples, in a conversation with the sandbox's customer.
#![allow(clippy::unwrap_used)]

#[path = "../../wa-message/examples/bot/bot.rs"]
mod bot;

use std::{
    net::Ipv4Addr,
    sync::{Arc, Mutex},
};

use tokio::net::TcpListener;
use wa_message::{
    Client, Message,
    types::{Content, Interactive},
    webhook::{Outcome, Outcomes},
};
use wa_sandbox::{Sandbox, WebhookFault};

const SECRET: &str = "an-app-secret";

struct Table {
    sandbox: Sandbox,
    outcomes: Arc<Mutex<Vec<String>>>,
}

impl Table {
    async fn laid() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = format!("http://{}/webhook", listener.local_addr().unwrap());
        let sandbox = Sandbox::builder().webhook(address, SECRET).start().await.unwrap();
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = Arc::clone(&told);
        let outcomes = Arc::new(Outcomes::new(move |outcome: Outcome| {
            tell.lock().unwrap().push(outcome.to_string());
        }));
        let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
            .base_url(sandbox.base_url())
            .watch(Arc::clone(&outcomes))
            .build()
            .unwrap();
        let routes = bot::webhooks(SECRET, client, outcomes).unwrap().route("/webhook");
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { sandbox, outcomes: told }
    }

    /// The messages that came since, when all is quiet again.
    async fn answers(&self, before: usize) -> Vec<Message> {
        self.sandbox.settled().await;
        let received = self.sandbox.received();
        received.iter().skip(before).filter_map(|received| received.message().cloned()).collect()
    }
}

#[tokio::test]
async fn a_guest_orders() {
    let table = Table::laid().await;
    let guest = table.sandbox.customer("+15550100");
    let mut seen = 0;
    let mut said = Vec::new();
    for step in 0..6 {
        match step {
            0 => guest.says("Hello"),
            1 => guest.chooses("dish-feijoada"),
            2 => guest.taps("address"),
            3 => guest.answers_flow(serde_json::json!({ "street": "Rua 1" })),
            4 => guest.sends_image(&b"\x89PNG\r\n\x1a\n0123456789"[..]),
            _ => guest.says("Thank you"),
        }
        .unwrap();
        let answers = table.answers(seen).await;
        assert_eq!(answers.len(), 1, "after step {step}: {answers:?}");
        said.extend(answers);
        seen = table.sandbox.received().len();
    }
    let [menu, when, address, noted, picture, thanks] = &*said else { panic!("{said:?}") };
    assert_eq!(menu.to(), Some("+15550100"));
    assert!(matches!(&menu.content, Content::Interactive { interactive: Interactive::List(_) }));
    assert!(when.context.is_some());
    assert_eq!(address.kind().as_str(), "flow");
    assert!(noted.to_json().contains("Rua 1"), "{noted:?}");
    assert!(picture.to_json().contains("18 bytes"), "{picture:?}");
    assert_eq!(thanks.kind().as_str(), "reaction");
    // The statuses of each of them came too.
    let outcomes = table.outcomes.lock().unwrap();
    assert!(outcomes.iter().any(|outcome| outcome.contains("read")), "{outcomes:?}");
}

#[tokio::test]
async fn who_hides_the_number_is_answered_and_repeats_are_not() {
    let table = Table::laid().await;
    table.sandbox.fault_webhooks(1, WebhookFault::Repeat(3));
    let hidden = table.sandbox.customer("US.13491208655302741918");
    hidden.says("Hello").unwrap();
    let answers = table.answers(0).await;
    let [menu] = &*answers else { panic!("{answers:?}") };
    assert_eq!((menu.to(), menu.recipient()), (None, Some("US.13491208655302741918")));
}
