//! `wa`: checks, explains and sends WhatsApp messages, and runs a sandbox.

mod api;
mod bodies;
mod browser;
mod check;
mod cli;
mod commands;
mod config;
mod error;
mod generated;
mod input;
mod json;
mod outcome;
mod post;
mod progress;
mod report;
mod signals;
mod terminal;
mod text;

use std::process::ExitCode;

use clap::Parser as _;

use cli::Cli;

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.color.write_global();
    match commands::run(cli) {
        Ok(exit) => exit.into(),
        Err(error) => {
            error.print();
            error.exit().into()
        }
    }
}
