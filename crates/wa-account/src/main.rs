//! `account` sends many messages to a sandbox that misbehaves, and proves that what the sender says
//! of each of them agrees with what the sandbox really accepted.
//!
//! It is three processes: this one, which judges; a sandbox, which can be killed; and a sender, whose
//! memory is measured. They share two files: the ledger and the outcomes.

mod judge;
mod memory;
mod options;
mod outcomes;
mod receiver;
mod run;
mod sandbox;
mod sender;

use std::{fs, io, path::Path, process::ExitCode};

use options::{Command, HELP, Options};

fn main() -> ExitCode {
    let result = match options::parse() {
        Ok(Command::Help) => {
            print!("{HELP}");
            Ok(true)
        }
        Ok(Command::Account(options)) => account(&options),
        Ok(Command::Sandbox(options)) => sandbox::serve(&options).map(|()| true),
        Ok(Command::Send(options)) => sender::send(&options).map(|()| true),
        Err(error) => {
            eprintln!("error: {error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all rounds hold.
fn account(options: &Options) -> io::Result<bool> {
    let folder = std::env::temp_dir().join(format!("wa-account-{}", std::process::id()));
    let mut wrong = 0;
    for round in 0..options.rounds {
        let folder = folder.join(format!("round-{round}"));
        fs::create_dir_all(&folder)?;
        let holds = one(options, round, &folder)?;
        if holds {
            fs::remove_dir_all(&folder)?;
        } else {
            println!("  see {}", folder.display());
            wrong += 1;
        }
    }
    if options.rounds > 1 {
        println!("{} rounds, {wrong} of them do not hold", options.rounds);
    }
    if wrong == 0 {
        fs::remove_dir_all(&folder)?;
    }
    Ok(wrong == 0)
}

fn one(options: &Options, round: u64, folder: &Path) -> io::Result<bool> {
    let run = run::run(options, round, folder)?;
    let account = judge::judge(options.messages, &run)?;
    if options.rounds > 1 {
        println!("round {round}: {}, {}", run.what, account.line(&run));
    } else {
        println!("{}\n\n{}", run.what, account.table(&run));
    }
    Ok(account.holds(&run))
}
