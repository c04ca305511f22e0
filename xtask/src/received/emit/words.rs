//! Sets of words.

use std::fmt::Write as _;

use heck::ToUpperCamelCase;

use super::doc;
use crate::received::model::{Received, Schema, Words};

pub(super) fn emit(received: &Received) -> String {
    let mut out =
        "//! Sets of words that may grow.\n\nuse crate::words::{rank, words};\n".to_owned();
    for schema in &received.schemas {
        if let Schema::Words(set) = schema {
            out.push('\n');
            words(&mut out, set);
        }
    }
    out
}

fn words(out: &mut String, set: &Words) {
    out.push_str("words! {\n");
    doc(out, 4, &set.description);
    let _ = writeln!(out, "    {} {{", set.name);
    for (word, meaning) in &set.known {
        doc(out, 8, meaning);
        let spellings = set.spellings.iter().filter(|(_, stands_for)| stands_for == word);
        let spellings: Vec<_> = spellings.map(|(spelling, _)| format!("{spelling:?}")).collect();
        let spellings = if spellings.is_empty() {
            String::new()
        } else {
            format!(" [{}]", spellings.join(" "))
        };
        let name = word.to_upper_camel_case();
        let _ = writeln!(out, "        {name} = {word:?}{spellings},");
    }
    out.push_str("    }\n}\n");
    if !set.rank.is_empty() {
        let ranks = set.rank.iter().enumerate();
        let ranks = ranks.map(|(rank, word)| format!("{} {rank}", word.to_upper_camel_case()));
        let _ = writeln!(out, "rank! {{ {} {} }}", set.name, ranks.collect::<Vec<_>>().join(" "));
    }
}
