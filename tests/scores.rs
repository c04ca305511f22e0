//! Two scores of the errors, over the macro's core: where the errors of single mistakes stand, and how
//! many slips of one letter are answered with the name that was meant.
//!
//! `cargo test -p wa-message-tests --test scores -- --nocapture` prints them.
#![allow(missing_docs)]

use std::{collections::BTreeSet, ops::Range};

use proc_macro2::TokenStream;
use wa_message_dsl::{Analysis, Spot, analyse};
use wa_message_tests::{Case, Named, Source, Word, cases, words};

fn analysis(text: &str) -> Analysis {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error}: {text}"));
    analyse(tokens)
}

fn range(spot: Spot) -> Range<usize> {
    spot.start.byte_range().start..spot.end.byte_range().end
}

/// Whether the errors of a case are at their place, or else what is wrong with them.
fn judged(source: &Source, path: &str) -> Option<Result<(), String>> {
    let (expected, whole) = source.expected(path)?;
    let analysis = analysis(&source.text);
    let fits = |found: &Range<usize>| {
        if whole {
            *found == expected
        } else {
            expected.start <= found.start && found.end <= expected.end
        }
    };
    let found = analysis.diagnostics().iter().map(|error| (range(error.spot), error));
    let misplaced: Vec<_> = found
        .filter(|(found, _)| !fits(found))
        .map(|(found, error)| format!("`{}` at `{}`", error.message, &source.text[found]))
        .collect();
    let place = &source.text[expected.clone()];
    Some(if analysis.diagnostics().is_empty() {
        Err(format!("no error, expected at `{place}`"))
    } else if misplaced.is_empty() {
        Ok(())
    } else {
        Err(format!("{}, expected at `{place}`", misplaced.join(", ")))
    })
}

/// Every single mistake is an error while compiling, on or inside what is wrong, or on the object that
/// lacks something.
#[test]
fn places() {
    let cases: Vec<Case> = cases().into_iter().filter(|case| case.paths.len() == 1).collect();
    let mut faults = Vec::new();
    for (form, write) in [
        ("wire", (|case: &Case| Some(Source::wire(&case.message))) as fn(&Case) -> Option<Source>),
        ("short", |case| Source::short(&case.message)),
    ] {
        for numbered in [true, false] {
            let (mut right, mut count, mut rules) = (0, 0, BTreeSet::new());
            for case in cases.iter().filter(|case| case.rule.is_some() == numbered) {
                // Capitals and members that come to nothing are forms of JSON alone: in the short form
                // they are mistakes of their own.
                if form == "short" && case.name.starts_with("forms:") {
                    continue;
                }
                let Some(source) = write(case) else { continue };
                let Some(judged) = judged(&source, &case.paths[0]) else { continue };
                count += 1;
                rules.extend(case.rule);
                match judged {
                    Ok(()) => right += 1,
                    Err(fault) => faults.push(format!(
                        "{form} form, {} (`{}`): {fault}\n    {}",
                        case.name, case.paths[0], source.text
                    )),
                }
            }
            let of = if numbered {
                format!("of {} rules", rules.len())
            } else {
                "of limits without a number".to_owned()
            };
            println!("{form} form, single mistakes {of}: {right} of {count} at their place");
            assert!(count > 200, "only {count} cases were run");
        }
    }
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
}

/// Whether a slip is answered with the name.
fn is_answered(word: &Word, typo: &str) -> bool {
    let analysis = analysis(&word.replaced(typo));
    let name = match word.named {
        Named::Kind => format!("<{}>", word.name),
        Named::Field | Named::Value => word.name.to_owned(),
    };
    let answer = format!("did you mean `{name}`?");
    analysis
        .diagnostics()
        .iter()
        .any(|error| error.help.as_ref().is_some_and(|help| help.contains(&answer)))
}

/// How many of so many slips are answered, and those that are not.
fn slips(count: usize, seed: u64) -> (usize, Vec<String>) {
    let words = words();
    let mut chance = fastrand::Rng::with_seed(seed);
    let mut misses = Vec::new();
    for turn in 0..count {
        let named = [Named::Field, Named::Value, Named::Field, Named::Kind][turn % 4];
        let words: Vec<_> = words.iter().filter(|word| word.named == named).collect();
        let word = words[chance.usize(..words.len())];
        let typo = word.slip(&mut chance);
        if !is_answered(word, &typo) {
            let found = analysis(&word.replaced(&typo));
            let found: Vec<_> =
                found.diagnostics().iter().map(wa_message_dsl::Diagnostic::text).collect();
            misses.push(format!("`{}` as `{typo}`: {}", word.name, found.join(" / ")));
        }
    }
    (count - misses.len(), misses)
}

/// Slips of one letter in the names of fields, kinds and values.
#[test]
fn typos() {
    let count = |named| words().iter().filter(|word| word.named == named).count();
    let (fields, kinds, values) = (count(Named::Field), count(Named::Kind), count(Named::Value));
    println!("{fields} fields, {kinds} kinds and {values} values");
    assert!(fields > 200 && kinds > 20 && values > 50);
    let (right, misses) = slips(200, 17);
    println!("slips of one letter: {right} of 200 answered with the name that was meant");
    for miss in &misses {
        println!("    {miss}");
    }
    let (of_many, _) = slips(4_000, 18);
    println!("of 4000 others: {of_many}");
    assert!(right >= 190, "{right} of 200:\n{}", misses.join("\n"));
}
