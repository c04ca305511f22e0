//! Actions of a customer, as the library reads what comes of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;
mod drawn;
mod in_vain;

use common::{
    client_of,
    receiver::{Receiver, SECRET, check_bodies},
    text,
};
use serde_json::json;
use wa_message::{
    Error, Message, wa_message,
    webhook::{
        Item,
        types::{
            Change, IncomingLocation, IncomingMessage, InteractiveReply, MessageContent,
            TemplateStatusUpdateValue,
        },
    },
};
use wa_sandbox::{Limits, OrderedItem, Sandbox, Webhooks};

async fn start(receiver: &Receiver) -> Sandbox {
    let webhooks = Webhooks::to(&receiver.url, SECRET).without_statuses();
    Sandbox::builder().webhooks(webhooks).start().await.unwrap()
}

async fn send(sandbox: &Sandbox, message: &Message) -> String {
    client_of(sandbox).send(message).await.unwrap().id().to_owned()
}

/// The newest message that came.
async fn newest(sandbox: &Sandbox, receiver: &Receiver) -> IncomingMessage<'static> {
    sandbox.settled().await;
    check_bodies(sandbox);
    receiver.messages().pop().unwrap()
}

fn interactive(message: &IncomingMessage<'static>) -> InteractiveReply<'static> {
    match &message.content {
        Item::Known(MessageContent::Interactive(Item::Known(reply))) => reply.clone(),
        content => panic!("{content:?}"),
    }
}

fn context_of<'m>(message: &'m IncomingMessage<'static>) -> &'m str {
    message.context.as_ref().unwrap().id.as_deref().unwrap()
}

#[tokio::test]
async fn a_customer_says_something() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let text = "Gr\u{fc}\u{df}e \u{1f600} 1/2 @all \"\\";
    let id = sandbox.customer("+1 555 0100").named("Robin @ home").says(text).unwrap();
    let message = newest(&sandbox, &receiver).await;
    assert_eq!((&*message.id, message.from.as_deref()), (&*id, Some("15550100")));
    assert_eq!(receiver.texts(), [text]);
    let event = receiver.events().pop().unwrap();
    let contact = event.contact.unwrap();
    assert_eq!(contact.profile.unwrap().name.as_deref(), Some("Robin @ home"));
    let body = sandbox.deliveries()[0].body().to_vec();
    let body = String::from_utf8(body).unwrap();
    assert!(body.contains(r#"Gr\u00fc\u00dfe \ud83d\ude00 1\/2 \u0040all \"\\"#), "{body}");
}

#[tokio::test]
async fn a_customer_may_hide_the_number() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let user = "US.13491208655302741918";
    sandbox.customer(user).username("@robin").says("Hello").unwrap();
    let message = newest(&sandbox, &receiver).await;
    assert_eq!((message.from, message.from_user_id.as_deref()), (None, Some(user)));
    let event = receiver.events().pop().unwrap();
    assert_eq!(event.person().unwrap().user_id(), Some(user));
    assert_eq!(event.contact.unwrap().wa_id, None);

    sandbox.customer("+15550100").user_id(user).writes_to("700100").says("Hello").unwrap();
    let message = newest(&sandbox, &receiver).await;
    assert_eq!(
        (message.from.as_deref(), message.from_user_id.as_deref()),
        (Some("15550100"), Some(user))
    );
    let number = receiver.events().pop().unwrap().number.unwrap();
    assert_eq!(number.phone_number_id.as_deref(), Some("700100"));
}

#[tokio::test]
async fn a_customer_taps_what_was_sent() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let buttons = wa_message! { <button>
        to: "+15550100",
        body: "Keep the table?",
        buttons: [{ id: "keep", title: "Keep" }, { id: "cancel", title: "Cancel" }],
    };
    let older = send(&sandbox, &buttons).await;
    let sent = send(&sandbox, &buttons).await;
    send(&sandbox, &text()).await;
    // Somebody else got other buttons.
    send(&sandbox, &buttons.with_to("+15550101").unwrap()).await;
    let customer = sandbox.customer("+15550100");
    customer.taps("cancel").unwrap();
    let message = newest(&sandbox, &receiver).await;
    let InteractiveReply::ButtonReply(reply) = interactive(&message) else { panic!() };
    assert_eq!((&*reply.id, reply.title.as_deref()), ("cancel", Some("Cancel")));
    assert_eq!(context_of(&message), sent);
    assert_ne!(sent, older);
    assert_eq!(message.context.unwrap().from.as_deref(), Some("15550199"));

    let error = customer.taps("perhaps").unwrap_err();
    assert!(error.is_not_there());
    assert_eq!(
        error.to_string(),
        "no message that was sent to +15550100 offers `perhaps` like this; the newest that offers something is a \
         `button` with `keep` (Keep), `cancel` (Cancel)"
    );
    // A row is no button.
    assert!(customer.chooses("keep").is_err());
}

#[tokio::test]
async fn a_customer_chooses_a_row() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let list = wa_message! { <list>
        to: "+15550100",
        body: "What will it be?",
        button: "Show",
        sections: [{ title: "Bread", rows: [
            { id: "rye", title: "Rye", description: "Dark" },
            { id: "wheat", title: "Wheat" },
        ] }],
    };
    let sent = send(&sandbox, &list).await;
    for (id, title, description) in [("rye", "Rye", Some("Dark")), ("wheat", "Wheat", None)] {
        sandbox.customer("15550100").chooses(id).unwrap();
        let message = newest(&sandbox, &receiver).await;
        let InteractiveReply::ListReply(reply) = interactive(&message) else { panic!() };
        assert_eq!((&*reply.id, reply.title.as_deref()), (id, Some(title)));
        assert_eq!(reply.description.as_deref(), description);
        assert_eq!(context_of(&message), sent);
    }
}

#[tokio::test]
async fn a_customer_taps_a_template() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let template = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en",
        buttons: [{ quick_reply: "track-17" }],
    };
    let sent = send(&sandbox, &template).await;
    sandbox.customer("+15550100").taps("track-17").unwrap();
    let message = newest(&sandbox, &receiver).await;
    let Item::Known(MessageContent::Button(button)) = &message.content else { panic!() };
    assert_eq!(button.payload, "track-17");
    assert_eq!(context_of(&message), sent);
}

/// Each place of the description where something can be tapped or filled in.
#[tokio::test]
async fn cards_and_templates_are_tapped_and_filled_in_too() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let customer = sandbox.customer("+15550100");
    let card = |index: usize| {
        json!({
            "card_index": index, "type": "cta_url",
            "header": { "type": "image", "image": { "link": "https://example.org/a.png" } },
            "action": { "buttons": [{ "type": "quick_reply",
                "quick_reply": { "id": format!("card-{index}"), "title": format!("Card {index}") } }] },
        })
    };
    let buttons = |index: usize| {
        json!({ "card_index": index, "components": [
            { "type": "header", "parameters": [{ "type": "image", "image": { "link": "https://example.org/a.png" } }] },
            { "type": "button", "sub_type": "quick_reply", "index": "0",
                "parameters": [{ "type": "payload", "payload": format!("template-card-{index}") }] },
        ] })
    };
    let template = |components: serde_json::Value| {
        json!({ "type": "template", "template": {
            "name": "a", "language": { "code": "en" }, "components": components } })
    };
    let send = async |mut message: serde_json::Value| {
        message["messaging_product"] = "whatsapp".into();
        message["to"] = "+15550100".into();
        send(&sandbox, &Message::try_from(&message).unwrap()).await
    };

    let sent = send(json!({ "type": "interactive", "interactive": { "type": "carousel",
        "body": { "text": "Two" }, "action": { "cards": [card(0), card(1)] } } }))
    .await;
    customer.taps("card-1").unwrap();
    let message = newest(&sandbox, &receiver).await;
    let InteractiveReply::ButtonReply(reply) = interactive(&message) else { panic!() };
    assert_eq!((reply.title.as_deref(), context_of(&message)), (Some("Card 1"), &*sent));

    let sent =
        send(template(json!([{ "type": "carousel", "cards": [buttons(0), buttons(1)] }]))).await;
    customer.taps("template-card-1").unwrap();
    let message = newest(&sandbox, &receiver).await;
    assert!(matches!(message.content, Item::Known(MessageContent::Button(_))));
    assert_eq!(context_of(&message), sent);

    let sent = send(template(json!([{ "type": "button", "sub_type": "flow", "index": "0",
        "parameters": [{ "type": "action", "action": { "flow_token": "t-1" } }] }])))
    .await;
    customer.answers_flow(json!({ "flow_token": "mine" })).unwrap();
    let message = newest(&sandbox, &receiver).await;
    let InteractiveReply::NfmReply(reply) = interactive(&message) else { panic!() };
    assert_eq!(
        (reply.response_json.as_str(), context_of(&message)),
        (r#"{"flow_token":"mine"}"#, &*sent)
    );

    let sent = send(json!({ "type": "interactive", "interactive": { "type": "address_message",
        "body": { "text": "Where to?" },
        "action": { "name": "address_message", "parameters": { "country": "IN" } } } }))
    .await;
    customer.answers_flow(json!({ "values": { "city": "Pune" } })).unwrap();
    let message = newest(&sandbox, &receiver).await;
    let InteractiveReply::NfmReply(reply) = interactive(&message) else { panic!() };
    assert_eq!(reply.name.unwrap().as_str(), "address_message");
    assert_eq!(context_of(&message), sent);
}

#[tokio::test]
async fn a_customer_fills_in_a_flow() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let customer = sandbox.customer("+15550100");
    assert!(customer.answers_flow(json!({})).unwrap_err().is_not_there());
    let flow = wa_message! { <flow>
        to: "+15550100",
        body: "Book a table",
        flow_id: "1",
        flow_cta: "Book",
        flow_token: "table-17",
        flow_message_version: "3",
    };
    let sent = send(&sandbox, &flow).await;
    customer.answers_flow(json!({ "size": "M" })).unwrap();
    let message = newest(&sandbox, &receiver).await;
    let InteractiveReply::NfmReply(reply) = interactive(&message) else { panic!() };
    let answer: serde_json::Value = reply.response_json.parse().unwrap();
    assert_eq!(answer, json!({ "flow_token": "table-17", "size": "M" }));
    assert_eq!(context_of(&message), sent);
    let error = customer.answers_flow("M").unwrap_err();
    assert!(error.to_string().contains("no JSON object"), "{error}");
}

#[tokio::test]
async fn a_customer_reacts_and_orders() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let customer = sandbox.customer("+15550100");
    assert!(customer.reacts("\u{1f44d}").is_err());
    let sent = send(&sandbox, &text()).await;
    for (emoji, expected) in [("\u{1f44d}", Some("\u{1f44d}")), ("", None)] {
        customer.reacts(emoji).unwrap();
        let message = newest(&sandbox, &receiver).await;
        let Item::Known(MessageContent::Reaction(reaction)) = message.content else { panic!() };
        assert_eq!((&*reaction.message_id, reaction.emoji.as_deref()), (&*sent, expected));
    }
    let items = [
        OrderedItem::new("bread-1", 7.99, "EUR").quantity(2),
        OrderedItem::new("roll", 1.0, "EUR"),
    ];
    customer.orders("1001", items).unwrap();
    let message = newest(&sandbox, &receiver).await;
    let Item::Known(MessageContent::Order(order)) = message.content else { panic!() };
    assert_eq!(order.catalog_id.as_deref(), Some("1001"));
    assert_eq!(
        (order.product_items[0].quantity, order.product_items[0].item_price),
        (Some(2), Some(7.99))
    );
    assert_eq!(order.product_items[1].product_retailer_id.as_deref(), Some("roll"));
}

#[tokio::test]
async fn anything_else_can_be_sent() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let customer = sandbox.customer("+15550100");
    let mut place = IncomingLocation::default();
    (place.latitude, place.longitude) = (12.0, -7.25);
    let mut message = IncomingMessage::default();
    message.content = MessageContent::Location(place).into();
    customer.sends_message(message).unwrap();
    let message = newest(&sandbox, &receiver).await;
    let Item::Known(MessageContent::Location(place)) = message.content else { panic!() };
    assert_eq!((place.latitude, place.longitude), (12.0, -7.25));

    assert!(customer.sends_message(IncomingMessage::default()).is_err());

    let mut value = TemplateStatusUpdateValue::default();
    value.message_template_name = Some("order_ready".into());
    sandbox.change(Change::MessageTemplateStatusUpdate(value)).unwrap();
    sandbox.settled().await;
    let event = receiver.events().pop().unwrap();
    assert_eq!(event.field(), "message_template_status_update");
}

#[tokio::test]
async fn a_customer_waits_for_answers() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    send(&sandbox, &text()).await;
    let customer = sandbox.customer("+15550100");
    let (got, id) = tokio::join!(customer.gets(), async {
        tokio::task::yield_now().await;
        send(&sandbox, &text().with_to("+15550101").unwrap()).await;
        send(&sandbox, &text()).await
    });
    assert_eq!(got.unwrap().id(), Some(&*id));
    let second = send(&sandbox, &text()).await;
    let third = send(&sandbox, &text()).await;
    assert_eq!(customer.gets().await.unwrap().id(), Some(&*second));
    assert_eq!(customer.gets().await.unwrap().id(), Some(&*third));
    // What came before the customer did something is no answer to it.
    send(&sandbox, &text()).await;
    customer.says("Hello").unwrap();
    let answer = send(&sandbox, &text()).await;
    assert_eq!(customer.gets().await.unwrap().id(), Some(&*answer));
}

#[tokio::test]
async fn a_message_opens_the_window() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    sandbox.set_limits(Limits::none().customer_service_window());
    let client = client_of(&sandbox);
    assert!(
        matches!(client.send(&text()).await, Err(Error::Refused(error)) if error.code() == 131_047)
    );
    sandbox.customer("+15550100").says("Hello").unwrap();
    client.send(&text()).await.unwrap();
}
