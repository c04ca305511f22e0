//! The commands `completions` and `man`, written from the description of the arguments.

use std::{fs, path::PathBuf};

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::{
    cli::Cli,
    error::{Error, Exit},
    terminal,
};

/// Print what a shell needs to complete commands
#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

/// Print the manual page, or write one for each command into a folder
#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// The folder
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

pub(crate) fn completions(args: &Completions) -> Result<Exit, Error> {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "wa", &mut out);
    terminal::print(&String::from_utf8_lossy(&out))?;
    Ok(Exit::Done)
}

pub(crate) fn man(args: &Man) -> Result<Exit, Error> {
    if let Some(folder) = &args.folder {
        fs::create_dir_all(folder).map_err(|error| Error::file("make", folder, error))?;
        let written = clap_mangen::generate_to(Cli::command(), folder);
        written.map_err(|error| Error::file("write into", folder, error))?;
        return Ok(Exit::Done);
    }
    let mut out = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut out)?;
    terminal::print(&String::from_utf8_lossy(&out))?;
    Ok(Exit::Done)
}
