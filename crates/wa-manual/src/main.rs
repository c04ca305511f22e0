//! Writes the manual: the pages of the kinds, rules and errors in the documentation of `wa-message`, and
//! `llms.txt`, the plain text of the language.
//!
//! `cargo xtask codegen` runs it after the tables are fresh, because it reads them. Everything else that it
//! reads is checked by a test of its own: the examples, the rule table, and what the compiler prints.

mod compact;
mod errors;
mod events;
mod fields;
mod kinds;
mod limits;
mod modules;
mod pages;
mod pictures;
mod plain;
mod program;
mod rules;
mod sources;
mod used;

use std::{env, path::Path, process::ExitCode};

use pages::Page;
use sources::Sources;

const USAGE: &str = "\
usage: wa-manual [--check]

Writes the pages of the manual. With --check it writes nothing, and fails when a page is not what it
would write.
";

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    // Cargo names the folder at run time too. Clones that share a target folder share this binary, and
    // the folder it was compiled in is that of only one of them.
    let folder =
        env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&folder).join("../..");
    let outcome = match arguments.as_slice() {
        [] => pages::write(&root, &manual(&root)),
        ["--check"] => pages::check(&root, &manual(&root)),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(word) => {
            println!("{word}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// All pages.
fn manual(root: &Path) -> Result<Vec<Page>, String> {
    let sources = Sources::read(root)?;
    let mut pages = kinds::pages(&sources);
    pages.extend(pictures::pages(root, &sources)?);
    pages.push(events::page(root)?);
    pages.push(rules::page(&sources));
    pages.push(program::page(&sources));
    pages.extend(errors::pages(&sources));
    pages.push(modules::file(&sources));
    pages.push(plain::page(&sources));
    Ok(pages)
}
