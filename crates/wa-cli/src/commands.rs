//! The commands, one in each module.

pub(crate) mod check;
pub(crate) mod complete;
pub(crate) mod config;
pub(crate) mod convert;
pub(crate) mod explain;
pub(crate) mod media;
pub(crate) mod outbox;
pub(crate) mod preview;
pub(crate) mod sandbox;
pub(crate) mod send;
pub(crate) mod templates;
pub(crate) mod trigger;
pub(crate) mod webhook;

use std::path::Path;

use crate::{
    cli::{Cli, Command},
    config::Settings,
    error::{Error, Exit, named},
    input,
};

/// Does what the arguments ask for.
pub(crate) fn run(cli: Cli) -> Result<Exit, Error> {
    let Cli { command, config, profile, .. } = cli;
    // A variable that is empty is as good as none.
    let profile = profile.filter(|name| !name.is_empty());
    let settings = || Settings::find(config.as_deref(), profile.as_deref());
    match command {
        Command::Check(args) => check::run(&args, &settings()?),
        Command::Explain(args) => explain::run(&args),
        Command::Convert(args) => convert::run(&args),
        Command::Preview(args) => preview::run(&args, &settings()?),
        Command::Config(args) => config::run(&args, &settings()?),
        Command::Send(args) => send::run(&args, &settings()?),
        Command::Templates(args) => templates::run(&args, &settings()?),
        Command::Media(args) => media::run(&args, &settings()?),
        Command::Sandbox(args) => sandbox::run(*args),
        Command::Trigger(args) => trigger::run(&args, &settings()?),
        Command::Webhook(args) => webhook::run(&args, &settings()?),
        Command::Outbox(args) => outbox::run(&args, &settings()?),
        Command::Completions(args) => complete::completions(&args),
        Command::Man(args) => complete::man(&args),
    }
}

/// How much of a file that is given by itself is read, in bytes.
const READ_AT_MOST: u64 = 16 * 1024 * 1024;

/// Reads a file, or what is piped in.
fn read(path: &Path) -> Result<String, Error> {
    let text = String::from_utf8(input::given(path, READ_AT_MOST)?)
        .map_err(|_| Error::usage(format!("`{}` is not UTF-8", named(path))))?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}
