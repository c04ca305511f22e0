//! Where the things that are measured are.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

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

    /// A package that depends on what a way needs to make messages.
    pub(crate) fn package(&self, way: Way, prefix: &str, shape: Shape) -> Outcome<Project> {
        let name = format!("{prefix}-{}", way.package());
        Project::new(&self.scratch, &name, shape, &way.dependencies(&self.root))?.lock(&self.lock())
    }
}
