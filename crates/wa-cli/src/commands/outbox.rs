//! The command `outbox`: messages that are kept until it is certain what became of them, and decisions of people on them.

mod decide;
mod look;
mod run;
mod store;

use crate::{
    config::Settings,
    error::{Error, Exit},
};

/// Send what an outbox keeps, look into it, and decide on what is in doubt
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The outbox: sqlite:FILE, or the URL of a database. One with a password belongs into `WA_OUTBOX` or wa.toml
    #[arg(long, value_name = "URL", global = true)]
    outbox: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Run(run::Run),
    Status(look::Status),
    List(look::List),
    Show(look::Show),
    Resolve(decide::Resolve),
    Cancel(decide::Cancel),
    Retry(decide::Retry),
    Purge(store::Purge),
    Migrate(store::Migrate),
    Move(store::Move),
}

pub(crate) fn run(args: &Args, settings: &Settings) -> Result<Exit, Error> {
    let place = store::Place::of(args.outbox.as_deref(), settings)?;
    crate::api::block_on(async {
        match &args.command {
            Command::Run(args) => run::run(args, settings, &place).await,
            Command::Status(args) => look::status(args, &place).await,
            Command::List(args) => look::list(args, &place).await,
            Command::Show(args) => look::show(args, &place).await,
            Command::Resolve(args) => decide::resolve(args, &place).await,
            Command::Cancel(args) => decide::cancel(args, &place).await,
            Command::Retry(args) => decide::retry(args, &place).await,
            Command::Purge(args) => store::purge(args, &place).await,
            Command::Migrate(args) => store::migrate(args, &place).await,
            Command::Move(args) => store::move_to(args, &place).await,
        }
    })
}
