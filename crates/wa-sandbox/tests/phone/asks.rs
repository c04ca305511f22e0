//! Taps on what asks the customer for something, and what is sent then.

use serde_json::{Value, json};
use wa_message::{
    Message, wa_message,
    webhook::{
        Item,
        types::{InteractiveReply, MessageContent},
    },
};
use wa_sandbox::{Sandbox, Webhooks};

use crate::common::{
    Raw, call, client_of,
    receiver::{Receiver, SECRET},
};

/// A sandbox whose webhooks come to somebody.
async fn start(receiver: &Receiver) -> Sandbox {
    let webhooks = Webhooks::to(&receiver.url, SECRET).without_statuses();
    Sandbox::builder().webhooks(webhooks).start().await.unwrap()
}

async fn asks(sandbox: &Sandbox, question: &Value) -> Raw {
    call(sandbox, "POST /_sandbox/asks", &question.to_string()).await
}

/// Sends a message, and answers it with the very example that it asks for. Returns the example and what came.
async fn answer(
    message: &Message,
    action: &str,
    id: &str,
) -> (Value, Item<'static, MessageContent<'static>>) {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let sent = client_of(&sandbox).send(message).await.unwrap().id().to_owned();
    let asked = asks(&sandbox, &json!({ "message_id": sent, "action": action, "id": id })).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    let example = asked.body["asks"].clone();
    let body = json!({ "message_id": sent, "action": { action: example } });
    let done = call(&sandbox, "POST /_sandbox/customers/15550101", &body.to_string()).await;
    assert_eq!(done.status, 200, "{}", done.body);
    sandbox.settled().await;
    let came = receiver.messages().pop().unwrap();
    assert_eq!(came.context.unwrap().id.as_deref(), Some(&*sent));
    (example, came.content)
}

#[tokio::test]
async fn a_location_request_asks_for_a_location() {
    let message =
        wa_message! { <location_request_message> to: "+15550101", body: "Where are you?" };
    let (example, came) = answer(&message, "shares", "").await;
    let Item::Known(MessageContent::Location(place)) = came else { panic!("{came:?}") };
    assert_eq!(example["latitude"].as_f64(), Some(place.latitude));
    assert_eq!(example["name"].as_str(), place.name.as_deref());
}

#[tokio::test]
async fn a_contact_request_asks_for_a_contact_with_the_number_of_the_customer() {
    let message = wa_message! { <request_contact_info> to: "+15550101", body: "Who are you?" };
    let (example, came) = answer(&message, "shares", "").await;
    assert_eq!(example["phones"][0]["phone"], "15550101");
    assert!(matches!(came, Item::Known(MessageContent::Contacts(_))), "{came:?}");
}

#[tokio::test]
async fn a_request_for_calls_asks_for_a_permission() {
    let message = wa_message! { <call_permission_request> to: "+15550101", body: "May we call?" };
    let (example, came) = answer(&message, "shares", "").await;
    assert_eq!(example["response"], "accept");
    let Item::Known(MessageContent::Interactive(reply)) = came else { panic!("{came:?}") };
    assert!(matches!(reply, Item::Known(InteractiveReply::CallPermissionReply(_))), "{reply:?}");
}

#[tokio::test]
async fn an_address_request_asks_for_an_address() {
    let message = wa_message! { <address_message>
        to: "+15550101", body: "Where do you live?", country: "IN",
    };
    let (example, came) = answer(&message, "answers_flow", "").await;
    assert_eq!(example["values"]["phone_number"], "15550101");
    let Item::Known(MessageContent::Interactive(reply)) = came else { panic!("{came:?}") };
    let Item::Known(InteractiveReply::NfmReply(reply)) = reply else { panic!("{reply:?}") };
    let answered: Value = reply.response_json.parse().unwrap();
    assert_eq!(answered, example);
}

#[tokio::test]
async fn a_product_asks_for_an_order_of_it() {
    let message = wa_message! { <product>
        to: "+15550101", body: "Bread", catalog_id: "367025965434465", product_retailer_id: "rye",
    };
    let (example, came) = answer(&message, "orders", "rye").await;
    assert_eq!(example["catalog_id"], "367025965434465");
    let Item::Known(MessageContent::Order(order)) = came else { panic!("{came:?}") };
    assert_eq!(order.catalog_id.as_deref(), Some("367025965434465"));
    assert_eq!(order.product_items.len(), 1);
}

#[tokio::test]
async fn what_nobody_asks_for_is_told() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let text = wa_message! { <text> to: "+15550101", body: "Hello" };
    let id = client_of(&sandbox).send(&text).await.unwrap().id().to_owned();
    for action in ["shares", "answers_flow", "says", "nothing"] {
        let asked = asks(&sandbox, &json!({ "message_id": id, "action": action })).await;
        assert_eq!((asked.status, &asked.body), (200, &json!({ "asks": null })));
    }
    let asked = asks(&sandbox, &json!({ "message_id": "wamid.A", "action": "shares" })).await;
    assert_eq!(asked.status, 404);
    let customer = sandbox.customer("+15550101");
    assert!(customer.shares(json!({ "latitude": 1, "longitude": 1 })).unwrap_err().is_not_there());
    assert!(customer.shares(1).unwrap_err().is_unfit());

    let place = wa_message! { <location_request_message> to: "+15550101", body: "Where?" };
    client_of(&sandbox).send(&place).await.unwrap();
    for wrong in [
        json!({ "name": "Nowhere" }),
        json!({ "latitude": "north", "longitude": 1 }),
        json!({ "latitude": 1, "longitude": 1, "colour": "red" }),
    ] {
        let error = customer.shares(&wrong).unwrap_err();
        assert!(error.is_unfit(), "{wrong}: {error}");
    }
    customer.shares(json!({ "latitude": 1, "longitude": 1 })).unwrap();
}
