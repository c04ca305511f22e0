//! The command `convert`: JSON to the macro, and back.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use wa_message::{Message, ReadReceipt};
use wa_message_dsl::{Analysis, TextError};

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
    let invocations = wa_message_dsl::analyse_text(text).map_err(|error| match &error {
        TextError::NotRust(source) => Error::usage(format!("{error}: {source}")),
        _ => Error::usage(error.to_string()),
    })?;
    invocations.iter().map(converted).collect()
}

fn converted(invocation: &Analysis) -> Result<String, Error> {
    if let Some(first) = invocation.diagnostics().first() {
        let place = first.spot.start.start();
        let says = format!("line {}, column {}: {}", place.line, place.column + 1, first.message);
        let error = Error::usage(says);
        let error = first.help.iter().fold(error, |error, help| error.hint(help.clone()));
        return Err(error.with_exit(Exit::Refused));
    }
    invocation.to_json().ok_or_else(|| Error::usage("there is no message in it"))
}
