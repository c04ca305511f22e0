//! Outcomes of statuses as the API writes them.

#![allow(clippy::unwrap_used)]

use std::sync::{Arc, Mutex, Weak};

use serde_json::{Value, json};

use super::*;
use crate::parse;

const NUMBER: &str = "700100";

/// Outcomes, and what was told since it was asked last.
struct Case {
    outcomes: Arc<Outcomes>,
    told: Arc<Mutex<Vec<Outcome>>>,
}

impl Case {
    fn new() -> Self {
        let told = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&told);
        let outcomes = Outcomes::new(move |outcome| notes.lock().unwrap().push(outcome));
        Self { outcomes: Arc::new(outcomes), told }
    }

    /// Tells what a webhook with these statuses tells.
    fn learn(&self, statuses: &Value) {
        let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "900100", "changes": [{
            "field": "messages",
            "value": { "metadata": { "phone_number_id": NUMBER }, "statuses": statuses },
        }] }] });
        let body = body.to_string();
        for event in parse(body.as_bytes()).unwrap().events() {
            self.outcomes.learn(&event);
        }
    }

    fn told(&self) -> Vec<Outcome> {
        std::mem::take(&mut self.told.lock().unwrap())
    }

    fn said(&self) -> Vec<String> {
        self.told().iter().map(ToString::to_string).collect()
    }
}

fn message(id: &str) -> MessageId {
    MessageId::new(NUMBER, id)
}

#[test]
fn outcomes_are_told_with_all_that_is_known() {
    let case = Case::new();
    case.outcomes.sending("order-17");
    assert_eq!(case.outcomes.send_state("order-17"), Some(SendState::InFlight));
    case.outcomes.in_doubt("order-17");
    assert_eq!(case.outcomes.send_state("order-17"), Some(SendState::InDoubt));
    case.learn(&json!([
        { "id": "wamid.A", "status": "failed", "timestamp": "1790000002", "recipient_id": "15550101",
          "biz_opaque_callback_data": "order-17",
          "errors": [{ "code": 131_026, "title": "Message undeliverable" }] },
    ]));

    let told = case.told();
    let [Outcome::DoubtResolved { token, message: of }, Outcome::Reached(reached)] = &*told else {
        panic!("{told:?}")
    };
    assert_eq!((token.as_str(), of), ("order-17", &message("wamid.A")));
    assert_eq!(told[0].to_string(), "wamid.A: doubt resolved: accepted");
    assert_eq!((&reached.message, reached.token.as_deref()), (of, Some("order-17")));
    assert_eq!((reached.status.as_str(), reached.time), ("failed", Some(1_790_000_002)));
    assert_eq!(reached.because[0].title.as_deref(), Some("Message undeliverable"));
    let title = wa_message_core::ErrorCode::from(131_026).title();
    assert_eq!(reached.to_string(), format!("failed, because of 131026 ({title})"));
    assert_eq!(told[1].to_string(), format!("wamid.A: {reached}"));

    assert_eq!(case.outcomes.send_state("order-17"), Some(SendState::Accepted(message("wamid.A"))));
    assert_eq!(case.outcomes.reached(&message("wamid.A")), std::slice::from_ref(reached));
    assert_eq!(case.outcomes.doubts(), [""; 0]);
    assert_eq!(format!("{:?}", case.outcomes), "Outcomes { doubts: 0, .. }");
}

/// The order of the states, as words of the API and not as ranks.
#[test]
fn the_words_of_the_api_have_their_order() {
    const ORDER: [&str; 5] = ["sent", "failed", "delivered", "read", "played"];
    for (number, first) in ORDER.into_iter().enumerate() {
        for second in ORDER {
            let case = Case::new();
            case.outcomes.accepted(NUMBER, None, "wamid.A");
            for word in [first, second, first] {
                case.learn(&json!([{ "id": "wamid.A", "status": word }]));
            }
            let is_higher = ORDER[number + 1..].contains(&second);
            let expected: &[&str] = if is_higher { &[first, second] } else { &[first] };
            let expected: Vec<_> = expected.iter().map(|word| format!("wamid.A: {word}")).collect();
            assert_eq!(case.said(), expected, "{first} {second}");
        }
    }
}

#[test]
fn words_that_are_no_state_resolve_a_doubt_and_change_nothing() {
    for status in [
        json!({ "id": "wamid.A", "status": "tomorrow", "biz_opaque_callback_data": "t" }),
        json!({ "id": "wamid.A", "status": "warning", "biz_opaque_callback_data": "t" }),
        json!({ "id": "wamid.A", "status": "failed", "type": "payment", "biz_opaque_callback_data": "t",
                "payment": { "reference_id": "r" } }),
    ] {
        let case = Case::new();
        case.outcomes.in_doubt("t");
        case.learn(&json!([status]));
        assert_eq!(case.said(), ["wamid.A: doubt resolved: accepted"], "{status}");
        case.learn(&json!([{ "id": "wamid.A", "status": "sent" }]));
        assert_eq!(case.said(), ["wamid.A: sent"], "{status}");
    }
}

#[test]
fn participants_come_under_either_name() {
    let case = Case::new();
    case.outcomes.accepted(NUMBER, Some("t"), "wamid.A");
    case.learn(&json!([
        { "id": "wamid.A", "status": "read", "recipient_id": "G", "recipient_type": "group",
          "recipient_participant_id": "15550101" },
        { "id": "wamid.A", "status": "delivered", "recipient_id": "G", "recipient_type": "group",
          "participant_recipient_id": "15550101", "recipient_participant_user_id": "US.1" },
        { "id": "wamid.A", "status": "delivered", "recipient_id": "G", "recipient_type": "group",
          "recipient_participant_user_id": "US.2" },
    ]));
    assert_eq!(case.said(), ["wamid.A: read", "wamid.A: delivered"]);
    let reached = case.outcomes.reached(&message("wamid.A"));
    let people = reached.iter().map(|reached| {
        let person = reached.participant.as_ref().unwrap().person();
        (person.user_id(), person.number(), reached.status.as_str())
    });
    let expected = [(Some("US.1"), Some("15550101"), "read"), (Some("US.2"), None, "delivered")];
    assert_eq!(people.collect::<Vec<_>>(), expected);
}

#[test]
fn what_a_client_tells_leads_to_the_same() {
    let case = Case::new();
    let sending = |token| Sending::new(NUMBER, token);
    for (token, end) in [
        (Some("a"), SendEnd::Accepted { id: "wamid.A" }),
        (Some("b"), SendEnd::InDoubt),
        (Some("c"), SendEnd::NotAccepted),
        (None, SendEnd::Accepted { id: "wamid.D" }),
        (None, SendEnd::InDoubt),
    ] {
        case.outcomes.begins(sending(token));
        case.outcomes.ends(sending(token), end);
    }
    assert_eq!(case.outcomes.doubts(), ["b"]);
    assert_eq!(case.outcomes.send_state("c"), Some(SendState::NotAccepted));
    assert_eq!(case.outcomes.send_state("d"), None);
    case.learn(&json!([
        { "id": "wamid.A", "status": "delivered" },
        { "id": "wamid.D", "status": "read" },
        { "id": "wamid.B", "status": "sent", "biz_opaque_callback_data": "b" },
        { "id": "wamid.E", "status": "sent", "biz_opaque_callback_data": "strange" },
    ]));
    let expected = [
        "wamid.A: delivered",
        "wamid.D: read",
        "wamid.B: doubt resolved: accepted",
        "wamid.B: sent",
    ];
    assert_eq!(case.said(), expected);
    assert_eq!(case.outcomes.send_state("strange"), None);
    assert!(!case.outcomes.give_up("b"));
}

#[test]
fn what_is_no_id_is_not_kept() {
    let case = Case::new();
    let long = "x".repeat(LONGEST + 1);
    case.outcomes.sending(&long);
    case.outcomes.in_doubt(&long);
    case.outcomes.in_doubt("");
    case.outcomes.not_accepted(&long);
    case.outcomes.accepted(NUMBER, Some(&long), "wamid.A");
    case.outcomes.accepted(NUMBER, None, &long);
    case.learn(&json!([
        { "id": long, "status": "sent" },
        { "id": "", "status": "sent", "biz_opaque_callback_data": "t" },
        { "id": "wamid.A", "status": "sent", "biz_opaque_callback_data": long },
    ]));
    assert_eq!(case.said(), ["wamid.A: sent"]);
    assert_eq!((case.outcomes.doubts(), case.outcomes.send_state(&long)), (vec![], None));
}

/// Eight threads tell of one message each, many times over: the outcomes of each come in their order.
#[test]
fn outcomes_are_told_one_after_the_other() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let (notes, mut busy) = (Arc::clone(&told), false);
    let outcomes = Outcomes::new(move |outcome| {
        assert!(!std::mem::replace(&mut busy, true));
        if let Outcome::Reached(reached) = outcome {
            notes.lock().unwrap().push((reached.message.id, reached.status.rank()));
        }
        busy = false;
    });
    let words = ["sent", "failed", "delivered", "read", "played"];
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let outcomes = &outcomes;
            scope.spawn(move || {
                for round in 0..200 {
                    // Two threads tell of the same messages.
                    let id = format!("m{}-{round}", thread / 2);
                    outcomes.accepted(NUMBER, None, &id);
                    for word in words {
                        let body = format!(
                            r#"{{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"messages",
                            "value":{{"metadata":{{"phone_number_id":"{NUMBER}"}},"statuses":[{{"id":"{id}","status":"{word}"}}]}}}}]}}]}}"#
                        );
                        let event = parse(body.as_bytes()).unwrap().events().next().unwrap();
                        outcomes.learn(&event);
                    }
                }
            });
        }
    });
    let mut told = told.lock().unwrap().clone();
    assert_eq!(told.iter().filter(|(_, rank)| *rank == Some(4)).count(), 800);
    told.sort_by(|one, other| one.0.cmp(&other.0));
    for of_one in told.chunk_by(|one, other| one.0 == other.0) {
        assert!(of_one.is_sorted(), "{of_one:?}");
    }
}

#[test]
fn the_function_may_tell_more_itself_and_may_panic() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let outcomes = Arc::new_cyclic(|weak: &Weak<Outcomes>| {
        let (weak, told) = (weak.clone(), Arc::clone(&told));
        Outcomes::new(move |outcome| {
            told.lock().unwrap().push(outcome.to_string());
            if let Outcome::DoubtResolved { token, .. } = outcome {
                assert_ne!(token, "broken", "as planned");
                weak.upgrade().unwrap().in_doubt(&format!("{token}2"));
            }
        })
    });
    let case = Case { outcomes: Arc::clone(&outcomes), told: Arc::default() };
    let sent =
        |id, token| json!([{ "id": id, "status": "sent", "biz_opaque_callback_data": token }]);
    case.learn(&sent("wamid.B", "t2"));
    case.outcomes.in_doubt("t");
    case.learn(&sent("wamid.A", "t"));
    let expected = [
        "wamid.A: doubt resolved: accepted",
        "wamid.A: sent",
        "wamid.B: doubt resolved: accepted",
        "wamid.B: sent",
    ];
    assert_eq!(std::mem::take(&mut *told.lock().unwrap()), expected);

    outcomes.in_doubt("broken");
    let broken = std::panic::AssertUnwindSafe(|| case.learn(&sent("wamid.C", "broken")));
    std::panic::catch_unwind(broken).unwrap_err();
    outcomes.accepted(NUMBER, None, "wamid.D");
    case.learn(&sent("wamid.D", "d"));
    let expected = ["wamid.C: doubt resolved: accepted", "wamid.C: sent", "wamid.D: sent"];
    assert_eq!(*told.lock().unwrap(), expected);
}

#[test]
fn a_line_names_the_message_or_else_the_token_and_nobody() {
    let forgotten = Outcome::Forgotten { token: "order\n17".to_owned() };
    let line = "`order 17`: forgotten, because too many sends had no end";
    assert_eq!(forgotten.to_string(), line);
    let unaccounted =
        Outcome::Unaccounted { token: "t".to_owned(), message: message("wamid.A\u{1b}[2J") };
    let line = "wamid.A [2J: accepted beside what is known to be sent";
    assert_eq!(unaccounted.to_string(), line);
    let long = Outcome::Forgotten { token: "x".repeat(10_000) };
    assert!(long.to_string().len() < 400);

    let case = Case::new();
    case.learn(&json!([{ "id": "wamid.A", "status": "failed", "recipient_id": "15550101",
        "recipient_user_id": "US.1", "recipient_participant_id": "15550102",
        "errors": [{ "code": 131_026, "title": "Alex", "error_data": { "details": "Alex" } }] }]));
    case.outcomes.accepted(NUMBER, None, "wamid.A");
    let said = case.said().concat();
    assert!(said.starts_with("wamid.A: failed"), "{said}");
    for personal in ["15550101", "15550102", "US.1", "Alex"] {
        assert!(!said.contains(personal), "{said}");
    }
}
