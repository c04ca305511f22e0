//! Writes what the fuzzers start from:
//!
//! ```text
//! cargo run -p wa-message-tests --bin seeds -- fuzz/corpus
//! ```
//!
//! The folder `message_from_str` gets the bodies of the rule table and of the reference page, the folder
//! `macro_tokens` the same as tokens, and every invocation that stands in the tests. A dictionary of the
//! names of the tables lies beside them.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use proc_macro2::{TokenStream, TokenTree};
use wa_message_spec::tables;
use wa_message_tests::{cases, examples, invocation, names};

/// The fuzzers take no longer texts.
const BYTES_AT_MOST: usize = 4_096;

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        eprintln!("expected the folder to write to");
        return ExitCode::from(2);
    };
    match write(&folder) {
        Ok((bodies, invocations)) => {
            println!("{bodies} bodies and {invocations} invocations in {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> io::Result<(usize, usize)> {
    let messages = cases().into_iter().map(|case| case.message);
    let messages: Vec<_> =
        messages.chain(examples().into_iter().map(|(_, message)| message)).collect();
    let bodies = messages.iter().map(ToString::to_string).collect();
    // The path of the crate stands first, and the fuzzer adds it.
    let wire = messages.iter().map(|message| invocation(message).into_iter().skip(1));
    let mut invocations: BTreeSet<_> =
        wire.map(|tokens| tokens.collect::<TokenStream>().to_string()).collect();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in rust_files(tests)? {
        if let Ok(tokens) = fs::read_to_string(&file)?.parse() {
            find(tokens, &mut invocations);
        }
    }
    invocations.extend(tables::KINDS.iter().map(|kind| format!("<{}> to,", kind.name)));
    let dictionary = names().into_iter().map(|name| format!("{name:?}\n"));
    fs::create_dir_all(folder)?;
    fs::write(folder.join("dictionary.txt"), dictionary.collect::<String>())?;
    let bodies = save(&folder.join("message_from_str"), &bodies)?;
    let invocations = save(&folder.join("macro_tokens"), &invocations)?;
    Ok((bodies, invocations))
}

fn save(folder: &Path, texts: &BTreeSet<String>) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let short = texts.iter().filter(|text| text.len() <= BYTES_AT_MOST);
    let mut count = 0;
    for text in short {
        fs::write(folder.join(format!("seed-{count:04}")), text)?;
        count += 1;
    }
    Ok(count)
}

fn rust_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}

/// Finds what stands between the brackets of `wa_message!`.
fn find(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut before = [String::new(), String::new()];
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            if before == ["wa_message", "!"] {
                found.insert(group.stream().to_string());
            }
            find(group.stream(), found);
        }
        before.swap(0, 1);
        before[1] = token.to_string();
    }
}
