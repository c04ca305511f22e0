//! Keeps measurements as JSON from one run to the next.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wa_bench::{Measured, project::Outcome};

use crate::machine::Machine;

/// A part of the page that can be measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    CompileTime,
    CleanBuild,
    Check,
    RunTime,
    Dependencies,
    Size,
    Expansion,
    Sending,
    Webhooks,
    Templates,
}

impl Section {
    /// The quick ones first, so that a mistake shows early.
    pub(crate) const ALL: [Self; 10] = [
        Self::Dependencies,
        Self::Expansion,
        Self::RunTime,
        Self::Sending,
        Self::Webhooks,
        Self::Templates,
        Self::CompileTime,
        Self::Check,
        Self::Size,
        Self::CleanBuild,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::CompileTime => "compile-time",
            Self::CleanBuild => "clean-build",
            Self::Check => "check",
            Self::RunTime => "run-time",
            Self::Dependencies => "dependencies",
            Self::Size => "size",
            Self::Expansion => "expansion",
            Self::Sending => "sending",
            Self::Webhooks => "webhooks",
            Self::Templates => "templates",
        }
    }
}

/// The best times of crates with many messages and with none, in seconds, in the order of
/// [`Way::ALL`](wa_bench::written::Way::ALL).
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CompileTime {
    pub(crate) messages: usize,
    pub(crate) rounds: usize,
    pub(crate) full: Vec<f64>,
    pub(crate) empty: Vec<f64>,
}

/// The best times of `cargo check` after an edit, in seconds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Check {
    pub(crate) messages: usize,
    pub(crate) rounds: usize,
    pub(crate) times: Vec<f64>,
}

/// The best times of clean builds, in seconds: of `wa-message` and of the other crate.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CleanBuild {
    pub(crate) rounds: usize,
    pub(crate) without_client: (f64, f64),
    pub(crate) default: (f64, f64),
}

/// What happens while a program runs. The first key is the comparison, the second one the side.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RunTime {
    pub(crate) turns: usize,
    pub(crate) times: BTreeMap<String, Vec<Measured>>,
    /// How many allocations, and of how many bytes.
    pub(crate) allocations: BTreeMap<String, BTreeMap<String, (u64, u64)>>,
    /// Nothing when there is no tool to count them.
    pub(crate) instructions: Option<BTreeMap<String, BTreeMap<String, f64>>>,
}

/// How many crates each way depends on, to make messages and to send them.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Dependencies {
    pub(crate) make: Vec<usize>,
    pub(crate) send: Vec<usize>,
}

/// The sizes of programs, in bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Size {
    pub(crate) messages: usize,
    pub(crate) empty: u64,
    pub(crate) one: Vec<u64>,
    pub(crate) many: Vec<u64>,
}

/// What an expansion takes, in microseconds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Expansion {
    pub(crate) invocations: usize,
    pub(crate) kinds: Vec<(String, f64)>,
}

/// What is sent over loopback.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Sending {
    pub(crate) turns: usize,
    /// The requests a second of each turn: of so many at once, of each side.
    pub(crate) rates: BTreeMap<usize, BTreeMap<String, Vec<f64>>>,
}

/// How webhooks are read and received.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Webhooks {
    /// The ways to read one, of which the first is ours.
    pub(crate) reading: Vec<Measured>,
    /// The routes of a server.
    pub(crate) receiving: Vec<Rate>,
}

/// The best times of `cargo check` of a crate with messages from templates, in seconds, and what a program takes.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Templates {
    pub(crate) messages: usize,
    /// How many definitions there are, and how many more for the last side.
    pub(crate) definitions: (usize, usize),
    pub(crate) rounds: usize,
    /// Without definitions, with a file for each, with all in one file, and with some more.
    pub(crate) times: Vec<f64>,
    /// Building a message, and holding it against the definitions.
    pub(crate) at_run_time: Vec<Measured>,
}

/// The requests a second of a route, and the median of its ratios to the first.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Rate {
    pub(crate) load: String,
    pub(crate) side: String,
    pub(crate) a_second: f64,
    pub(crate) ratio: f64,
}

/// A section, and where it was measured.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Kept<T> {
    pub(crate) machine: Machine,
    pub(crate) result: T,
}

/// All sections that have been measured.
pub(crate) struct Results {
    pub(crate) compile_time: Option<Kept<CompileTime>>,
    pub(crate) clean_build: Option<Kept<CleanBuild>>,
    pub(crate) check: Option<Kept<Check>>,
    pub(crate) run_time: Option<Kept<RunTime>>,
    pub(crate) dependencies: Option<Kept<Dependencies>>,
    pub(crate) size: Option<Kept<Size>>,
    pub(crate) expansion: Option<Kept<Expansion>>,
    pub(crate) sending: Option<Kept<Sending>>,
    pub(crate) webhooks: Option<Kept<Webhooks>>,
    pub(crate) templates: Option<Kept<Templates>>,
}

impl Results {
    pub(crate) fn load(folder: &Path) -> Outcome<Self> {
        Ok(Self {
            compile_time: load(folder, Section::CompileTime)?,
            clean_build: load(folder, Section::CleanBuild)?,
            check: load(folder, Section::Check)?,
            run_time: load(folder, Section::RunTime)?,
            dependencies: load(folder, Section::Dependencies)?,
            size: load(folder, Section::Size)?,
            expansion: load(folder, Section::Expansion)?,
            sending: load(folder, Section::Sending)?,
            webhooks: load(folder, Section::Webhooks)?,
            templates: load(folder, Section::Templates)?,
        })
    }
}

fn load<T: DeserializeOwned>(folder: &Path, section: Section) -> Outcome<Option<Kept<T>>> {
    match fs::read(folder.join(section.name()).with_extension("json")) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Keeps what was measured of a section.
pub(crate) fn save<T: Serialize>(folder: &Path, section: Section, result: T) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    let kept = Kept { machine: Machine::this(), result };
    let file = folder.join(section.name()).with_extension("json");
    Ok(fs::write(file, serde_json::to_vec_pretty(&kept)?)?)
}
