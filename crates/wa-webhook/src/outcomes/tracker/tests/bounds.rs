//! Checks what is kept, what goes, and how the work grows.

use super::*;

#[test]
fn the_memory_is_bounded_and_a_doubt_goes_last() {
    let mut told = Case::bounded(10);
    told.sending("doubt");
    told.in_doubt("doubt");
    for send in 0..100 {
        let (token, id) = (format!("t{send}"), format!("m{send}"));
        told.sending(&token);
        told.answered(&token, &id);
        told.status(&format!("stray{send}"), &format!("strange{send}"), "sent");
    }
    assert_eq!(told.said(), [""; 0]);
    assert_eq!((told.tracker.messages.len(), told.tracker.strays.len()), (10, 10));
    assert_eq!(told.tracker.tokens.len(), [1, 10, 10]);
    // A message that was forgotten comes as one that was sent again, and is no surprise.
    told.status("m80", "t80", "delivered");
    assert_eq!(told.said(), [""; 0]);
    told.status("m95", "t95", "delivered");
    assert_eq!(told.said(), ["m95 delivered"]);
    told.status("m", "doubt", "sent");
    assert_eq!(told.said(), ["doubt is m", "m sent"]);
    // Too many doubts.
    for send in 0..11 {
        told.sending(&format!("d{send}"));
        told.in_doubt(&format!("d{send}"));
    }
    assert_eq!(told.said(), ["d0 is forgotten"]);
}

#[test]
fn a_forgotten_message_of_a_token_that_is_not_is_no_surprise() {
    let mut told = Case::bounded(10);
    for send in 0..20 {
        told.sending("campaign");
        told.answered("campaign", &format!("m{send}"));
    }
    told.status("m0", "campaign", "delivered");
    assert_eq!(told.said(), ["m0 delivered"]);
}

#[test]
fn time_takes_away_what_has_ended_and_no_doubt() {
    let mut told = Case::new();
    told.sending("t");
    told.answered("t", "m");
    told.sending("u");
    told.in_doubt("u");
    told.now += Duration::from_secs(2000);
    told.sending("v");
    told.answered("v", "x");
    told.status("m", "t", "delivered");
    assert_eq!((told.said(), told.doubts()), (vec![], vec!["u".to_owned()]));
    told.status("n", "u", "sent");
    assert_eq!(told.said(), ["u is n", "n sent"]);
}

/// All messages of a campaign may have one token, and their statuses come in one batch.
#[test]
fn the_work_grows_as_the_number_of_messages_does() {
    let steps = |messages: usize| {
        let mut told = Case::bounded(messages);
        for _ in 0..messages {
            told.sending("campaign");
        }
        for message in 0..messages {
            told.status(&format!("m{message}"), "campaign", "sent");
        }
        for message in (0..messages).rev() {
            if message % 3 == 0 {
                told.in_doubt("campaign");
            } else {
                told.answered("campaign", &format!("m{message}"));
            }
        }
        let resolved = told.events.iter().filter(|event| matches!(event, Event::Resolved { .. }));
        assert_eq!(resolved.count(), messages.div_ceil(3));
        told.tracker.messages.steps + told.tracker.strays.steps + told.tracker.tokens.steps()
    };
    let (once, twice) = (steps(1000), steps(2000));
    assert!(twice <= once * 22 / 10, "{once} {twice}");
}
