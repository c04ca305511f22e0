//! Actions that come to nothing, and customers that are nobody.

use serde_json::json;
use wa_message::wa_message;
use wa_sandbox::{ActionError, Sandbox};

use crate::{
    common::{receiver::Receiver, text},
    send, start,
};

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_ever() {
    let sandbox = Sandbox::start().await.unwrap();
    let error = sandbox.customer("+15550100").gets().await.unwrap_err();
    assert_eq!(error.to_string(), "no message was sent to +15550100 within 10 seconds");
    assert!(error.is_not_there());
}

#[tokio::test]
async fn who_waits_in_vain_hears_what_came_to_others() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let customer = sandbox.customer("+15550100");
    for to in 0..12 {
        send(&sandbox, &text().with_to(format!("+155501{to:02}")).unwrap()).await;
    }
    // From here on nothing goes over the network.
    tokio::time::pause();
    let got = customer.gets().await;
    let error = sandbox.customer("+15559999").gets().await.unwrap_err();
    assert_eq!(got.unwrap().message().unwrap().addressee(), "+15550100");
    assert_eq!(error.to_string(), "no message was sent to +15559999 within 10 seconds");
    let error = customer.gets().await.unwrap_err().to_string();
    assert!(error.contains("; there came `text` to +15550101, `text` to +15550102"), "{error}");
    assert!(error.ends_with("`text` to +15550110 and 1 more"), "{error}");
}

#[tokio::test]
async fn what_is_not_there_is_told_with_what_is() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    let customer = sandbox.customer("+15550100");
    let said = |error: ActionError| error.to_string();
    assert_eq!(
        said(customer.taps("keep").unwrap_err()),
        "no message that was sent to +15550100 offers `keep` like this; none has a button or a row"
    );
    let list = wa_message! { <list>
        to: "+15550100",
        body: "Bread?",
        button: "Choose",
        sections: [{ title: "Today", rows: [
            { id: "rye", title: "Rye" }, { id: "b\u{7}un", title: "Bun\u{1b}[2J" },
        ] }],
    };
    send(&sandbox, &list).await;
    send(&sandbox, &text()).await;
    for error in [customer.taps("rye").unwrap_err(), customer.chooses("roll\n").unwrap_err()] {
        let line = said(error);
        let rest =
            "; the newest that offers something is a `list` with `rye` (Rye), `b un` (Bun [2J)";
        assert!(line.ends_with(rest) && !line.contains(char::is_control), "{line}");
    }
    let error = said(customer.taps("x".repeat(10_000)).unwrap_err());
    assert!(error.len() < 300, "{error}");
    let error = said(customer.answers_flow(json!({})).unwrap_err());
    assert_eq!(error, "no message that was sent to +15550100 can be answered like this");
}

/// An empty number, a name that nobody can type, and so on.
#[tokio::test]
async fn nobody_is_no_customer() {
    let receiver = Receiver::start().await;
    let sandbox = start(&receiver).await;
    for address in ["", " ", "+", "()-", "Robin", "US.", "US.1\0", "+1555\u{0}0100", "US.1 2"] {
        let error = sandbox.customer(address).says("Hello").unwrap_err();
        assert!(error.is_unfit(), "{address:?} {error}");
        assert!(error.to_string().starts_with("this is no customer: "), "{error}");
    }
    let customer = || sandbox.customer("+15550100");
    for wrong in [
        customer().named(""),
        customer().named("Robin\0"),
        customer().username(" "),
        customer().user_id(""),
        customer().writes_to("1\n"),
    ] {
        assert!(wrong.says("Hello").unwrap_err().is_unfit());
        assert!(wrong.sends_image(&b"\x89PNG\r\n\x1a\n"[..]).unwrap_err().is_unfit());
    }
    assert!(sandbox.media().is_empty() && sandbox.deliveries().is_empty());
}

#[tokio::test]
async fn without_an_address_it_is_said_so() {
    let sandbox = Sandbox::start().await.unwrap();
    let error = sandbox.customer("+15550100").says("Hello").unwrap_err();
    assert!(error.is_without_webhook(), "{error}");
    sandbox.settled().await;
    assert!(sandbox.deliveries().is_empty());
}
