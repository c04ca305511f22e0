//! Sends, answers and statuses in any order.

#![allow(clippy::unwrap_used)]

mod bounds;
mod orders;

use super::*;

/// The words of states, from the lowest on, and the two that are none.
const WORDS: [(&str, Option<u8>); 7] = [
    ("sent", Some(0)),
    ("failed", Some(1)),
    ("delivered", Some(2)),
    ("read", Some(3)),
    ("played", Some(4)),
    ("warning", None),
    ("a-new-word", None),
];

/// A tracker, and what it has said since it was asked last.
struct Case {
    tracker: Tracker<&'static str>,
    events: Vec<Event<&'static str>>,
    now: Instant,
}

impl Case {
    fn new() -> Self {
        Self::bounded(1000)
    }

    fn bounded(most: usize) -> Self {
        let tracker = Tracker::new(most, Duration::from_secs(1000));
        Self { tracker, events: Vec::new(), now: Instant::now() }
    }

    fn sending(&mut self, token: &str) {
        self.tracker.sending(token, self.now, &mut self.events);
    }

    fn answered(&mut self, token: &str, id: &str) {
        self.tracker.answered(&name(id), Some(token), self.now, &mut self.events);
    }

    fn in_doubt(&mut self, token: &str) {
        self.tracker.in_doubt(token, self.now, &mut self.events);
    }

    fn not_accepted(&mut self, token: &str) {
        self.tracker.not_accepted(token, self.now, &mut self.events);
    }

    fn status(&mut self, id: &str, token: &str, word: &str) {
        self.of(id, token, word, None);
    }

    fn of(&mut self, id: &str, token: &str, word: &str, participant: Option<Participant>) {
        let (word, rank) = WORDS.into_iter().find(|(known, _)| *known == word).unwrap();
        let token = Some(token).filter(|token| !token.is_empty());
        let told = Told { number: "700100", id, token, participant, rank, report: word };
        self.tracker.told(told, self.now, &mut self.events);
    }

    /// What was said since the last call, a line each.
    fn said(&mut self) -> Vec<String> {
        self.events.drain(..).map(|event| line(&event)).collect()
    }

    fn doubts(&self) -> Vec<String> {
        let mut doubts: Vec<_> = self.tracker.doubts(self.now).map(ToString::to_string).collect();
        doubts.sort();
        doubts
    }

    fn states(&self, id: &str) -> Vec<&'static str> {
        let message = self.tracker.message(&name(id), self.now);
        message.map(|message| message.states().map(|(_, word)| *word).collect()).unwrap_or_default()
    }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().copied().map(str::to_owned).collect()
}

fn name(id: &str) -> Name {
    Name { number: "700100".into(), id: id.into() }
}

/// Somebody of a group. An empty text is no id.
fn who(user_id: &str, number: &str) -> Participant {
    let id = |text: &str| Some(text).filter(|text| !text.is_empty()).map(Arc::from);
    Participant { user_id: id(user_id), number: id(number) }
}

fn line(event: &Event<&'static str>) -> String {
    match event {
        Event::Resolved { token, message } => format!("{token} is {}", message.id),
        Event::Unaccounted { token, message } => format!("{token} is also {}", message.id),
        Event::Forgotten { token } => format!("{token} is forgotten"),
        Event::Reached { message, participant: None, report, .. } => {
            format!("{} {report}", message.id)
        }
        Event::Reached { message, participant: Some(who), report, .. } => {
            let who = who.user_id.as_ref().or(who.number.as_ref()).unwrap();
            format!("{} {report} by {who}", message.id)
        }
    }
}

#[test]
fn a_message_comes_further_and_never_back() {
    let mut told = Case::new();
    told.sending("t");
    told.answered("t", "m");
    for word in
        ["sent", "sent", "delivered", "warning", "read", "delivered", "a-new-word", "failed"]
    {
        told.status("m", "t", word);
    }
    assert_eq!(told.said(), ["m sent", "m delivered", "m read"]);
    assert_eq!(told.states("m"), ["read"]);
}

#[test]
fn a_late_sent_does_not_revive_a_failure_and_delivery_outweighs_it() {
    let mut told = Case::new();
    told.answered("t", "m");
    told.status("m", "t", "failed");
    told.status("m", "t", "sent");
    assert_eq!(told.said(), ["m failed"]);
    told.status("m", "t", "delivered");
    assert_eq!(told.said(), ["m delivered"]);
}

#[test]
fn a_status_may_come_before_the_answer() {
    let mut told = Case::new();
    told.sending("t");
    told.status("m", "t", "delivered");
    told.status("m", "t", "sent");
    assert_eq!(told.said(), [""; 0]);
    told.answered("t", "m");
    assert_eq!(told.said(), ["m delivered"]);
    // Or before anything was said, and without the token.
    told.status("n", "", "read");
    told.sending("u");
    told.answered("u", "n");
    assert_eq!(told.said(), ["n read"]);
    assert_eq!(told.doubts(), [""; 0]);
}

#[test]
fn any_status_ends_a_doubt() {
    for (word, rank) in WORDS {
        let reached: Vec<_> = rank.map(|_| format!("m {word}")).into_iter().collect();
        let mut told = Case::new();
        told.sending("t");
        told.in_doubt("t");
        // It may be said twice.
        told.in_doubt("t");
        assert_eq!((told.doubts(), told.said()), (vec!["t".to_owned()], vec![]));
        told.status("m", "t", word);
        assert_eq!(told.said(), [vec!["t is m".to_owned()], reached].concat());
        assert_eq!(told.doubts(), [""; 0]);
        told.in_doubt("t");
        assert_eq!((told.doubts(), told.said()), (vec![], vec![]));
        assert_eq!(told.tracker.token("t", told.now).unwrap().last, Some(name("m")));
    }
}

#[test]
fn a_status_may_come_before_the_doubt() {
    let mut told = Case::new();
    told.sending("t");
    told.status("m", "t", "sent");
    told.status("x", "another", "sent");
    assert_eq!(told.said(), [""; 0]);
    told.in_doubt("t");
    assert_eq!(told.said(), ["t is m", "m sent"]);
    // A process that begins again knows of the doubt alone.
    told.in_doubt("another");
    assert_eq!(told.said(), ["another is x", "x sent"]);
    assert_eq!(told.doubts(), [""; 0]);
}

#[test]
fn a_status_without_the_token_ends_no_doubt() {
    let mut told = Case::new();
    told.sending("t");
    told.in_doubt("t");
    told.status("m", "", "sent");
    told.status("m", "u", "delivered");
    assert_eq!((told.said(), told.doubts()), (vec![], vec!["t".to_owned()]));
    told.answered("t", "m");
    assert_eq!(told.said(), ["t is m", "m delivered"]);
    assert_eq!(told.doubts(), [""; 0]);
}

#[test]
fn a_person_may_end_a_doubt_and_a_late_status_is_told() {
    let mut told = Case::new();
    told.sending("t");
    told.in_doubt("t");
    assert!(told.tracker.give_up("t", told.now, &mut told.events));
    assert!(!told.tracker.give_up("t", told.now, &mut told.events));
    assert!(!told.tracker.give_up("u", told.now, &mut told.events));
    assert_eq!((told.said(), told.doubts()), (vec![], vec![]));
    // The message was sent again, under another token.
    told.sending("t2");
    told.answered("t2", "m2");
    told.status("m", "t", "delivered");
    assert_eq!(told.said(), ["t is also m", "m delivered"]);
    told.status("m", "t", "read");
    assert_eq!(told.said(), ["m read"]);
}

#[test]
fn what_was_refused_and_came_all_the_same_is_told() {
    let mut told = Case::new();
    told.sending("t");
    told.not_accepted("t");
    told.status("m", "t", "sent");
    assert_eq!(told.said(), ["t is also m", "m sent"]);
}

#[test]
fn a_token_of_several_sends_is_counted() {
    let mut told = Case::new();
    for _ in 0..3 {
        told.sending("t");
    }
    told.answered("t", "a");
    told.in_doubt("t");
    told.status("a", "t", "sent");
    // It may be that of the send in flight.
    told.status("b", "t", "sent");
    assert_eq!((told.said(), told.doubts()), (vec!["a sent".to_owned()], vec!["t".to_owned()]));
    told.status("c", "t", "sent");
    assert_eq!(told.said(), [""; 0]);
    told.answered("t", "c");
    assert_eq!((told.said(), told.doubts()), (strings(&["c sent", "t is b", "b sent"]), vec![]));
    told.status("d", "t", "sent");
    assert_eq!(told.said(), ["t is also d", "d sent"]);
}

#[test]
fn an_answer_may_be_told_twice_and_without_a_token() {
    let mut told = Case::new();
    told.sending("t");
    told.sending("t");
    told.answered("t", "a");
    told.answered("t", "a");
    assert_eq!(told.tracker.token("t", told.now).unwrap().in_flight, 1);
    told.tracker.answered(&name("b"), None, told.now, &mut told.events);
    told.status("b", "", "sent");
    assert_eq!(told.said(), ["b sent"]);
    // Nobody said that anything was sent under this token, so nothing is surprising.
    told.answered("u", "c");
    told.status("d", "u", "sent");
    assert_eq!(told.said(), [""; 0]);
    told.answered("u", "d");
    assert_eq!(told.said(), ["d sent"]);
}

#[test]
fn ids_belong_to_their_number() {
    let mut told = Case::new();
    told.sending("t");
    told.answered("t", "m");
    let other = Told {
        number: "700101",
        id: "m",
        token: None,
        participant: None,
        rank: Some(0),
        report: "sent",
    };
    told.tracker.told(other, told.now, &mut told.events);
    assert_eq!(told.said(), [""; 0]);
}

#[test]
fn participants_of_a_group_are_told_apart() {
    let mut told = Case::new();
    told.sending("t");
    told.status("m", "t", "sent");
    told.of("m", "t", "delivered", Some(who("US.1", "15550101")));
    told.of("m", "t", "read", Some(who("", "15550101")));
    told.of("m", "t", "failed", Some(who("US.2", "")));
    told.in_doubt("t");
    assert_eq!(told.said(), ["t is m", "m sent", "m read by US.1", "m failed by US.2"]);
    told.of("m", "t", "delivered", Some(who("US.1", "")));
    told.of("m", "t", "sent", Some(who("US.2", "15550102")));
    assert_eq!(told.said(), [""; 0]);
    told.of("m", "t", "delivered", Some(who("", "15550102")));
    assert_eq!(told.said(), ["m delivered by 15550102"]);
    // Two that turn out to be one.
    told.of("m", "t", "delivered", Some(who("US.3", "")));
    told.of("m", "t", "read", Some(who("", "15550103")));
    assert_eq!(told.said(), ["m delivered by US.3", "m read by 15550103"]);
    told.of("m", "t", "delivered", Some(who("US.3", "15550103")));
    told.of("m", "t", "read", Some(who("US.3", "")));
    told.of("m", "t", "read", Some(who("", "15550103")));
    assert_eq!(told.said(), [""; 0]);
    assert_eq!(told.states("m"), ["sent", "read", "delivered", "read"]);
}
