//! The command `convert`: JSON to the macro, and back.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use wa_message::{Message, ReadReceipt};

use crate::{
    bodies::{self, Form, Places, Visit},
    check,
    error::{Error, Exit, named},
    json::Tree,
    outcome, terminal,
};

/// Turn JSON into invocations of `wa_message!`, and invocations into JSON
///
/// What the program evaluates stands in the JSON in double braces, as templates of many languages have it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The file, or `-` for what is piped in
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What to write. Defaults to the other form than that of the file
    #[arg(long, value_enum, value_name = "FORM")]
    to: Option<To>,
}

/// A form of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// An invocation of the macro
    Macro,
    /// The request body
    Json,
}

pub(crate) fn run(args: &Args) -> Result<Exit, Error> {
    let text = super::read(&args.file)?;
    let form = Form::of_messages(&args.file, &text);
    let out = match args.to.unwrap_or(if form.is_some() { To::Macro } else { To::Json }) {
        To::Macro => to_macro(&text, form.unwrap_or(Form::Json), &args.file)?,
        To::Json => to_json(&text)?,
    };
    terminal::print(&out)?;
    Ok(Exit::Done)
}

fn to_macro(text: &str, form: Form, file: &Path) -> Result<String, Error> {
    let mut written = Written { file, out: Vec::new(), error: None };
    bodies::visit(text, form, form.is_all(), &mut written);
    match written.error {
        Some(error) => Err(error),
        None if written.out.is_empty() => Err(none_in(file)),
        None => Ok(written.out.join("\n\n") + "\n"),
    }
}

/// Says that there is no message in a file.
pub(crate) fn none_in(file: &Path) -> Error {
    Error::usage(format!("there is no message in `{}`", named(file)))
        .hint("a body has `\"messaging_product\": \"whatsapp\"`")
}

struct Written<'f> {
    file: &'f Path,
    out: Vec<String>,
    error: Option<Error>,
}

impl Visit for Written<'_> {
    fn body(&mut self, body: &Tree<'_>, _: &Places<'_>) {
        if !body.is_known() {
            self.error.get_or_insert_with(|| {
                Error::usage("it has places that are filled in later, and the macro needs values")
            });
            return;
        }
        let json = check::value(body).to_string();
        let receipt = || json.parse::<ReadReceipt>().map(|receipt| receipt.to_dsl());
        match json
            .parse::<Message>()
            .map(|message| message.to_dsl())
            .or_else(|error| receipt().map_err(|_| error))
        {
            Ok(written) => self.out.push(written),
            Err(error) => {
                self.error.get_or_insert_with(|| {
                    Error::usage("it is no valid message")
                        .note(outcome::violations(&error).join("\n"))
                        .hint(outcome::check_hint(self.file))
                        .with_exit(Exit::Refused)
                });
            }
        }
    }

    fn broken(&mut self, _: std::ops::Range<usize>, because: &str) {
        self.error.get_or_insert_with(|| Error::usage(format!("it is not JSON: {because}")));
    }
}

pub(crate) fn to_json(text: &str) -> Result<String, Error> {
    let tokens: TokenStream = text
        .parse()
        .map_err(|error: proc_macro2::LexError| Error::usage(format!("it is not Rust: {error}")))?;
    let mut invocations = Vec::new();
    collect(tokens.clone(), 0, &mut invocations)?;
    if invocations.is_empty() {
        // What stands inside of an invocation will do.
        invocations.push(tokens);
    }
    let mut out = String::new();
    for invocation in invocations {
        out.push_str(&converted(invocation)?);
    }
    Ok(out)
}

/// How deep brackets may lie inside each other, and how many tokens a value may have in each of them. What reads Rust goes as
/// deep into itself as these do.
const DEEP_AT_MOST: usize = 200;
const LONG_AT_MOST: usize = 1_000;

/// What stands in the brackets of each `wa_message!`.
fn collect(tokens: TokenStream, depth: usize, found: &mut Vec<TokenStream>) -> Result<(), Error> {
    if depth > DEEP_AT_MOST {
        return Err(Error::usage(format!("brackets lie more than {DEEP_AT_MOST} deep")));
    }
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let before = |back: usize| at.checked_sub(back).map(|at| tokens[at].to_string());
        if before(1).as_deref() == Some("!") && before(2).as_deref() == Some("wa_message") {
            found.push(group.stream());
        } else {
            collect(group.stream(), depth + 1, found)?;
        }
    }
    Ok(())
}

/// Refuses values that are longer than anybody writes.
fn short(tokens: TokenStream) -> Result<(), Error> {
    let mut open = vec![tokens];
    while let Some(tokens) = open.pop() {
        let mut length = 0;
        for token in tokens {
            let is_end = |mark: &proc_macro2::Punct| matches!(mark.as_char(), ',' | ';');
            length = if matches!(&token, TokenTree::Punct(mark) if is_end(mark)) {
                0
            } else {
                length + 1
            };
            if length > LONG_AT_MOST {
                let place = token.span().start();
                return Err(Error::usage(format!(
                    "line {}, column {}: a value has more than {LONG_AT_MOST} parts",
                    place.line,
                    place.column + 1
                )));
            }
            if let TokenTree::Group(group) = token {
                open.push(group.stream());
            }
        }
    }
    Ok(())
}

fn converted(invocation: TokenStream) -> Result<String, Error> {
    short(invocation.clone())?;
    // The macro is handed the path of its crate first.
    let krate = proc_macro2::Group::new(Delimiter::Bracket, TokenStream::new());
    let input = std::iter::once(TokenTree::Group(krate)).chain(invocation).collect();
    let analysis = wa_message_dsl::analyse(input);
    if let Some(first) = analysis.diagnostics().first() {
        let place = first.spot.start.start();
        let error = Error::usage(format!(
            "line {}, column {}: {}",
            place.line,
            place.column + 1,
            first.message
        ));
        let error = first.help.iter().fold(error, |error, help| error.hint(help.clone()));
        return Err(error.with_exit(Exit::Refused));
    }
    analysis.to_json().ok_or_else(|| Error::usage("there is no message in it"))
}
