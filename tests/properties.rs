//! Documents made by chance, asked of every door. A fast part of what `--bin properties` does.
#![allow(clippy::unwrap_used, missing_docs)]

use wa_message_spec::tables;
use wa_message_tests::{Plan, compare_with_sandbox, run};

#[test]
fn all_doors_agree() {
    let plan = Plan { seed: 1, first: 0, documents: 2_000, threads: 2 };
    let (tally, wrong) = run(plan);
    let wrong: Vec<_> = wrong.iter().map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(tally.documents, plan.documents);
    // Documents that are all refused would prove little, and so would kinds that are never valid.
    assert!(tally.valid_at_first * 10 > tally.documents * 3, "{tally}");
    assert_eq!(tally.kinds().count(), tables::KINDS.len(), "{tally}");
    assert!(tally.kinds().all(|(_, _, valid)| valid > 0), "{tally}");
}

/// The parser calls itself at each bracket. It must not take the stack of the compiler.
#[test]
fn brackets_without_end() {
    for (open, close) in [("{ a: ", "}"), ("[", "]"), ("(", ")"), ("if true {", "}")] {
        let (open, close) = (open.repeat(20_000), close.repeat(20_000));
        for text in [format!("<text> to: {open} 1 {close}"), format!("{{ to: {open} 1 {close} }}")]
        {
            let tokens = format!("[::wa_message] {text}").parse().unwrap();
            let analysis = wa_message_dsl::analyse(tokens);
            let [diagnostic] = analysis.diagnostics() else {
                panic!("{:?}", analysis.diagnostics())
            };
            assert_eq!(diagnostic.message, "brackets may lie 127 deep inside each other");
        }
    }
}

/// What an expression leaves over in its own brackets is no reason to lose what stands around it.
#[test]
fn tokens_left_over() {
    for text in [
        "<text> to: ids[0 1], body: \"Hello\"",
        "<contacts> to, contacts: [{ name: \"Ada\", phones: [{ phone: phones[0 1] }] }]",
        "{ messaging_product: \"whatsapp\", to: \"1\", text: { body: \"a\", preview_url: is[0 1] } }",
    ] {
        let analysis = wa_message_dsl::analyse(format!("[::wa_message] {text}").parse().unwrap());
        let told = |message: &str| message == "unexpected token, expected `]`";
        let count = analysis.diagnostics().iter().filter(|error| told(&error.message)).count();
        assert_eq!(count, 1, "{text}: {:?}", analysis.diagnostics());
    }
}

#[test]
fn the_sandbox_agrees() {
    let wrong = compare_with_sandbox(2, 200).unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
