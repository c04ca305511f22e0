//! The command `preview`: messages as a phone shows them.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use wa_message::{
    Templates,
    preview::{Html, draw_json, draw_json_with},
};

use crate::{
    api,
    bodies::{self, Form, Places, Visit},
    browser, check,
    config::Settings,
    error::{Error, Exit},
    json::Tree,
    terminal,
};

/// Draw messages as a phone shows them, as HTML
///
/// Templates are filled in from their definitions, which are found as `wa check` finds them. Nothing is fetched: files
/// are placeholders.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A file with one or more messages, as JSON or as the macro, or `-` for what is piped in
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Write the page into this file, in place of printing it
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// Take a picture of the page, with a Chromium that is installed
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
    /// Definitions of templates: a file, or a folder of them
    #[arg(long, value_name = "PATH")]
    templates: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, settings: &Settings) -> Result<Exit, Error> {
    let text = super::read(&args.file)?;
    let templates = api::definitions(settings, args.templates.as_deref())?;
    let json;
    let form = Form::of_messages(&args.file, &text);
    let text = if form.is_some() {
        &text
    } else {
        json = super::convert::to_json(&text)?;
        &json
    };
    let form = form.unwrap_or(Form::Json);
    let mut drawn = Drawn { templates, messages: Vec::new(), error: None };
    bodies::visit(text, form, form.is_all(), &mut drawn);
    if let Some(error) = drawn.error {
        return Err(error);
    }
    if drawn.messages.is_empty() {
        return Err(super::convert::none_in(&args.file));
    }
    let page = drawn.messages.into_iter().collect::<Html>().page();
    if let Some(file) = &args.html {
        write(file, page.as_str())?;
    }
    if args.open || args.png.is_some() {
        let file = if let Some(file) = &args.html {
            std::path::absolute(file).map_err(|error| Error::file("find", file, error))?
        } else {
            let name = format!("wa-preview-{}.html", std::process::id());
            let file = std::env::temp_dir().join(name);
            write(&file, page.as_str())?;
            file
        };
        if let Some(picture) = &args.png {
            browser::picture(&file, picture)?;
        }
        if args.open {
            browser::open(OsStr::new(&file))?;
        } else if args.html.is_none() {
            // It was made for the picture alone.
            let _ = fs::remove_file(&file);
        }
    } else if args.html.is_none() {
        terminal::print(page.as_str())?;
    }
    Ok(Exit::Done)
}

fn write(file: &Path, page: &str) -> Result<(), Error> {
    fs::write(file, page).map_err(|error| Error::file("write", file, error))
}

struct Drawn {
    templates: Option<Templates>,
    messages: Vec<Html>,
    error: Option<Error>,
}

impl Visit for Drawn {
    fn body(&mut self, body: &Tree<'_>, _: &Places<'_>) {
        let body = check::value(body);
        self.messages.push(match &self.templates {
            Some(templates) => draw_json_with(&body, templates),
            None => draw_json(&body),
        });
    }

    fn broken(&mut self, _: std::ops::Range<usize>, because: &str) {
        self.error.get_or_insert_with(|| Error::usage(format!("it is not JSON: {because}")));
    }
}
