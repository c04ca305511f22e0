//! The arguments of the program.

use std::path::PathBuf;

use clap::{Parser, Subcommand, builder::styling};

use crate::commands::{
    check, complete, config, convert, explain, media, outbox, preview, sandbox, send, templates,
    trigger, webhook,
};

/// Colours as cargo has them.
const STYLES: styling::Styles = styling::Styles::styled()
    .header(styling::AnsiColor::Green.on_default().bold())
    .usage(styling::AnsiColor::Green.on_default().bold())
    .literal(styling::AnsiColor::Cyan.on_default().bold())
    .placeholder(styling::AnsiColor::Cyan.on_default());

/// Checks, explains and sends WhatsApp messages
#[derive(Debug, Parser)]
#[command(name = "wa", version, styles = STYLES, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    pub(crate) color: Color,
    /// Settings, in place of the `wa.toml` of this folder or one above it
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The profile of the settings
    #[arg(long, global = true, value_name = "NAME", env = "WA_PROFILE", hide_env = true)]
    pub(crate) profile: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(check::Args),
    Explain(explain::Args),
    Convert(convert::Args),
    Preview(preview::Args),
    Config(config::Args),
    Send(Box<send::Args>),
    Templates(templates::Args),
    Media(media::Args),
    Sandbox(Box<sandbox::Args>),
    Trigger(trigger::Args),
    Webhook(webhook::Args),
    Outbox(outbox::Args),
    Completions(complete::Completions),
    Man(complete::Man),
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Decides for all that is printed from now on.
    pub(crate) fn write_global(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}
