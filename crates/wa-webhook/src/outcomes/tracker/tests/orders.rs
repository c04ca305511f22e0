//! The same news in any order end in the same state.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

/// The ranks as the facts have them.
fn rank(word: &str) -> Option<u8> {
    WORDS.into_iter().find(|(known, _)| *known == word).and_then(|(_, rank)| rank)
}

fn highest<'w>(words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    words.into_iter().filter(|word| rank(word).is_some()).max_by_key(|word| rank(word))
}

/// Every permutation with repetition of four words, up to 6 of them, with the answer at every place.
#[test]
fn every_permutation_with_repetition_ends_in_the_highest() {
    const FOUR: [&str; 4] = ["sent", "delivered", "read", "failed"];
    let mut runs = 0;
    for length in 1..=6 {
        for number in 0..FOUR.len().pow(length) {
            let digit = |place| FOUR[number / FOUR.len().pow(place) % FOUR.len()];
            let words: Vec<_> = (0..length).map(digit).collect();
            for answer in 0..=words.len() {
                check(&words, answer, true);
                runs += 1;
            }
            check(&words, words.len() / 2, false);
        }
    }
    assert_eq!(runs, 36_408);
}

/// The words of one message, with its answer or its doubt at a place among them.
fn check(words: &[&str], place: usize, is_answered: bool) {
    let mut told = Case::new();
    told.sending("t");
    for (index, word) in words.iter().enumerate() {
        if index == place {
            end(&mut told, is_answered);
        }
        told.status("m", "t", word);
    }
    if place == words.len() {
        end(&mut told, is_answered);
    }
    let state = highest(words.iter().copied()).unwrap();
    assert_eq!(told.states("m"), [state], "{words:?} {place}");
    let mut said = told.said();
    if !is_answered {
        assert_eq!(said.remove(0), "t is m", "{words:?} {place}");
    }
    assert_eq!(said.last(), Some(&format!("m {state}")), "{words:?} {place}");
    let ranks: Vec<_> = said.iter().map(|line| rank(&line[2..]).unwrap()).collect();
    assert!(ranks.is_sorted_by(|one, next| one < next), "{words:?} {place}");
}

fn end(told: &mut Case, is_answered: bool) {
    if is_answered { told.answered("t", "m") } else { told.in_doubt("t") }
}

/// What becomes of one send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Answered,
    DoubtAccepted,
    DoubtLost,
    Refused,
}

#[derive(Debug, Clone)]
struct Send {
    fate: Fate,
    /// Whether it has the token that others have too.
    is_shared: bool,
    /// Words, with participants of a group.
    statuses: Vec<(usize, Option<u8>)>,
}

#[derive(Debug, Clone, Copy)]
enum News {
    Step(usize),
    Status(usize, usize, Option<u8>),
}

fn send() -> impl Strategy<Value = Send> {
    let fate = prop_oneof![
        3 => Just(Fate::Answered),
        3 => Just(Fate::DoubtAccepted),
        1 => Just(Fate::DoubtLost),
        1 => Just(Fate::Refused),
    ];
    let statuses = prop::collection::vec((0..WORDS.len(), prop::option::of(0_u8..3)), 0..6);
    (fate, prop::bool::weighted(0.3), statuses).prop_map(|(fate, is_shared, statuses)| Send {
        fate,
        is_shared,
        statuses,
    })
}

/// All that is told of the sends, in an order by chance. A send begins before it ends, and that is all. Only if its
/// token is that of others too, it also begins before its statuses come.
fn news() -> impl Strategy<Value = (Vec<Send>, Vec<News>)> {
    prop::collection::vec(send(), 1..8).prop_flat_map(|sends| {
        let mut news = Vec::new();
        for (index, send) in sends.iter().enumerate() {
            // The first of them is the beginning.
            news.extend([News::Step(index); 2]);
            if matches!(send.fate, Fate::Answered | Fate::DoubtAccepted) {
                let statuses = send.statuses.iter();
                news.extend(statuses.map(|&(word, who)| News::Status(index, word, who)));
            }
        }
        (Just(sends), Just(news).prop_shuffle())
    })
}

fn token(send: &Send, index: usize) -> String {
    if send.is_shared { "shared".into() } else { format!("t{index}") }
}

fn play(sends: &[Send], news: &[News]) -> Case {
    let mut told = Case::new();
    let mut steps = vec![0; sends.len()];
    for news in news {
        let (News::Step(index) | News::Status(index, ..)) = *news;
        let (send, id) = (&sends[index], format!("m{index}"));
        let token = token(send, index);
        let step = match news {
            News::Step(_) => true,
            News::Status(..) => send.is_shared && steps[index] == 0,
        };
        if step {
            steps[index] += 1;
            match (steps[index], send.fate) {
                (1, _) => told.sending(&token),
                (2, Fate::Answered) => told.answered(&token, &id),
                (2, Fate::DoubtAccepted | Fate::DoubtLost) => told.in_doubt(&token),
                (2, Fate::Refused) => told.not_accepted(&token),
                _ => {}
            }
        }
        if let News::Status(_, word, who) = *news {
            let who = who.map(|who| super::who(&format!("US.{who}"), ""));
            told.of(&id, &token, WORDS[word].0, who);
        }
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn news_in_any_order_end_in_the_same_state((sends, news) in news()) {
        let mut told = play(&sends, &news);
        let (doubts, said) = (told.doubts(), told.said());

        let mut lost = BTreeMap::new();
        for (index, send) in sends.iter().enumerate() {
            let token = token(send, index);
            let is_joined = match send.fate {
                Fate::Answered => true,
                Fate::DoubtAccepted => !send.statuses.is_empty(),
                Fate::DoubtLost | Fate::Refused => false,
            };
            let is_doubt = matches!(send.fate, Fate::DoubtAccepted | Fate::DoubtLost);
            *lost.entry(token.clone()).or_insert(0) += usize::from(is_doubt && !is_joined);
            let resolved = format!("{token} is m{index}");
            let times = said.iter().filter(|line| **line == resolved).count();
            prop_assert_eq!(times, usize::from(is_doubt && is_joined), "{}", resolved);
            if is_joined {
                check_states(&told, &said, index, send)?;
            } else {
                let of_it = format!("m{index}");
                prop_assert!(!said.iter().any(|line| line.contains(&of_it)), "{:?}", said);
            }
        }
        let lost: Vec<_> = lost.into_iter().filter(|(_, lost)| *lost > 0).map(|(token, _)| token).collect();
        prop_assert_eq!(doubts, lost);
        prop_assert!(!said.iter().any(|line| line.contains("also")), "{:?}", said);
    }
}

/// The state of each participant is the highest that came, each step up was told once, and in its order.
fn check_states(
    told: &Case,
    said: &[String],
    index: usize,
    send: &Send,
) -> Result<(), TestCaseError> {
    let id = format!("m{index}");
    let mut expected = BTreeSet::new();
    for who in [None, Some(0), Some(1), Some(2)] {
        let words = send.statuses.iter().filter(|(_, of)| *of == who);
        let Some(state) = highest(words.map(|&(word, _)| WORDS[word].0)) else { continue };
        let by = who.map(|who| format!(" by US.{who}")).unwrap_or_default();
        expected.insert(format!("{state}{by}"));
        let steps = said.iter().filter_map(|line| {
            let word = line.strip_prefix(&id)?.strip_prefix(' ')?.strip_suffix(&*by)?;
            rank(word).map(|rank| (rank, word))
        });
        let steps: Vec<_> = steps.collect();
        prop_assert!(steps.is_sorted_by(|one, next| one < next), "{:?}", said);
        prop_assert_eq!(steps.last().map(|(_, word)| *word), Some(state));
    }
    let message = told.tracker.message(&name(&id), told.now);
    let states = message.iter().flat_map(|message| message.states()).map(|(who, word)| {
        let who = who.and_then(|who| who.user_id.clone());
        format!("{word}{}", who.map(|who| format!(" by {who}")).unwrap_or_default())
    });
    prop_assert_eq!(states.collect::<BTreeSet<_>>(), expected);
    Ok(())
}
