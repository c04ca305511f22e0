//! Where the things that are measured are.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde::de::DeserializeOwned;
use wa_bench::{
    project::{Outcome, Project, Shape},
    written::Way,
};

/// The folders of a run.
pub(crate) struct Place {
    /// The workspace.
    pub(crate) root: PathBuf,
    /// Where packages are written and built, and results kept.
    pub(crate) scratch: PathBuf,
}

impl Place {
    pub(crate) fn new() -> Outcome<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |folder| root.join(folder));
        Ok(Self { root, scratch: target.join("report") })
    }

    pub(crate) fn results(&self) -> PathBuf {
        self.scratch.join("results")
    }

    /// The package with the other crate.
    pub(crate) fn other(&self) -> PathBuf {
        self.root.join("crates/wa-bench/other")
    }

    /// The versions that every package is built with.
    pub(crate) fn lock(&self) -> PathBuf {
        self.other().join("Cargo.lock")
    }

    /// Downloads what will be built, so that nothing is downloaded while it is measured.
    pub(crate) fn fetch(&self) -> Outcome<()> {
        let status =
            Command::new("cargo").args(["fetch", "--quiet"]).current_dir(self.other()).status()?;
        if status.success() { Ok(()) } else { Err("the dependencies cannot be fetched".into()) }
    }

    /// Runs a benchmark of this package, and reads what it measured.
    pub(crate) fn bench<T: DeserializeOwned>(&self, name: &str) -> Outcome<T> {
        eprintln!("  {name}");
        let output = Command::new("cargo")
            .args(["bench", "--quiet", "--package", "wa-bench", "--bench", name, "--", "--json"])
            .current_dir(&self.root)
            .stderr(Stdio::inherit())
            .output()?;
        if !output.status.success() {
            return Err(format!("the benchmark {name} failed").into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Builds the programs of that package which need no features but these.
    pub(crate) fn build_other(&self, arguments: &[&str]) -> Outcome<()> {
        eprintln!("  building");
        let status = Command::new("cargo")
            .args(["build", "--release", "--offline", "--quiet"])
            .args(arguments)
            .current_dir(self.other())
            .env("CARGO_TARGET_DIR", self.scratch.join("target"))
            .status()?;
        if status.success() { Ok(()) } else { Err("the package `other` does not compile".into()) }
    }

    /// A program that was built there.
    pub(crate) fn program_of_other(&self, name: &str) -> PathBuf {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        self.scratch.join("target/release").join(file)
    }

    /// A package that depends on what a way needs to make messages.
    pub(crate) fn package(&self, way: Way, prefix: &str, shape: Shape) -> Outcome<Project> {
        let name = format!("{prefix}-{}", way.package());
        Project::new(&self.scratch, &name, shape, &way.dependencies(&self.root))?.lock(&self.lock())
    }
}
