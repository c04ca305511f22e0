//! Runs the programs of the package `other`, which measure themselves.

use std::{
    collections::BTreeMap,
    path::Path,
    process::{Command, Stdio},
};

use serde::de::DeserializeOwned;
use wa_bench::project::Outcome;

use crate::{options::Options, place::Place, results::RunTime};

/// The crate refuses this address after a body is encoded and before anything is connected.
const ADDRESS: (&str, &str) = ("API_BASE_URL_FOR_TESTING", "nowhere://refused");
/// Two runs of so many times each: their difference leaves out the start of the program.
const TIMES: (u32, u32) = (500, 1_500);

/// Times, allocations and instructions of each side.
pub(crate) fn run_time(place: &Place, options: &Options) -> Outcome<RunTime> {
    place.build_other(&[])?;
    let program = |name: &str| place.program_of_other(name);
    Ok(RunTime {
        turns: options.turns,
        times: answer(Command::new(program("run-time")).arg(options.turns.to_string()))?,
        allocations: answer(&mut Command::new(program("allocations")))?,
        instructions: instructions(&program("instructions"))?,
    })
}

fn answer<T: DeserializeOwned>(command: &mut Command) -> Outcome<T> {
    Ok(serde_json::from_str(&said(command)?)?)
}

fn said(command: &mut Command) -> Outcome<String> {
    let output = command.env(ADDRESS.0, ADDRESS.1).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{} failed", command.get_program().display()).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The instructions of each side, if there is a tool that counts them.
fn instructions(program: &Path) -> Outcome<Option<BTreeMap<String, BTreeMap<String, f64>>>> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("  no valgrind: instructions are left out");
        return Ok(None);
    }
    eprintln!("  instructions");
    let mut counts: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for line in said(&mut Command::new(program))?.lines() {
        let Some((id, side)) = line.split_once(' ') else { continue };
        let (few, many) = (count(program, id, side, TIMES.0)?, count(program, id, side, TIMES.1)?);
        let each = (many - few) / f64::from(TIMES.1 - TIMES.0);
        counts.entry(id.to_owned()).or_default().insert(side.to_owned(), each);
    }
    Ok(Some(counts))
}

fn count(program: &Path, id: &str, side: &str, times: u32) -> Outcome<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(program)
        .args([id, side, &times.to_string()])
        .env(ADDRESS.0, ADDRESS.1)
        .output()?;
    let text = String::from_utf8(output.stderr)?;
    let number = text
        .lines()
        .find_map(|line| line.split_once("I refs:").or_else(|| line.split_once("I   refs:")))
        .and_then(|(_, number)| number.trim().replace(',', "").parse().ok());
    number.ok_or_else(|| format!("valgrind counted nothing: {text}").into())
}
