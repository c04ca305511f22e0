//! Requests a second: a program of the package `other` measures them.

use std::process::{Command, Stdio};

use wa_bench::project::Outcome;

use crate::{options::Options, place::Place, results::Sending};

/// The requests a second of each way to send.
pub(crate) fn sending(place: &Place, options: &Options) -> Outcome<Sending> {
    place.build_other(&["--features", "sending", "--bin", "sending"])?;
    let output = Command::new(place.program_of_other("sending"))
        .arg(options.turns.to_string())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err("sending was not measured".into());
    }
    Ok(Sending { turns: options.turns, rates: serde_json::from_slice(&output.stdout)? })
}
