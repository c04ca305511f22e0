//! The packages of the workspace, as cargo knows them.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::error::{Error, Result};

/// A package that users get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Where its manifest is.
    pub folder: PathBuf,
    /// Its features, and what each turns on.
    pub features: BTreeMap<String, Vec<String>>,
    /// Groups of features that no code looks at together with others, as the manifest says by
    /// `package.metadata.features.apart`.
    pub apart: Vec<BTreeSet<String>>,
}

/// The packages that users get, and where cargo builds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// The packages, by name.
    pub packages: Vec<Package>,
    /// The target folder.
    pub target: PathBuf,
}

/// Returns the cargo that runs this program, or the one in the `PATH`.
#[must_use]
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Runs a command of cargo, and shows what it prints.
pub(crate) fn run_cargo(command: &mut Command) -> Result<()> {
    let failed = |message| Error::Tool { tool: "cargo", message };
    let status = command.status().map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(format!("{command:?}"))) }
}

/// Returns whether a program is there and runs. A stand-in for what is not installed does not.
pub(crate) fn runs(program: &Path) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Asks cargo for its metadata.
///
/// # Errors
///
/// When `cargo metadata` fails.
pub fn metadata(root: &Path, arguments: &[&str]) -> Result<Value> {
    let failed = |message: String| Error::Tool { tool: "cargo metadata", message };
    let output = Command::new(cargo())
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(arguments)
        .current_dir(root)
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| failed(error.to_string()))
}

impl Workspace {
    /// Finds the packages whose manifests do not say `publish = false`.
    ///
    /// # Errors
    ///
    /// When `cargo metadata` fails.
    pub fn find(root: &Path) -> Result<Self> {
        Ok(Self::of(&metadata(root, &["--no-deps"])?))
    }

    /// Reads what `cargo metadata --no-deps` says.
    #[must_use]
    pub fn of(metadata: &Value) -> Self {
        let packages = metadata["packages"].as_array().map_or(&[][..], Vec::as_slice);
        let is_published = |package: &&Value| package["publish"] != Value::Array(Vec::new());
        let mut packages: Vec<_> = packages.iter().filter(is_published).map(package).collect();
        packages.sort_by(|one, other| one.name.cmp(&other.name));
        let target = metadata["target_directory"].as_str().unwrap_or("target");
        Self { packages, target: target.into() }
    }
}

fn package(package: &Value) -> Package {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let mut features = BTreeMap::new();
    for (name, values) in package["features"].as_object().into_iter().flatten() {
        let values = values.as_array().into_iter().flatten();
        let values = values.filter_map(|value| value.as_str().map(str::to_owned));
        features.insert(name.clone(), values.collect());
    }
    let groups = package["metadata"]["features"]["apart"].as_array().into_iter().flatten();
    let names = |group: &Value| {
        let names = group.as_array().into_iter().flatten().filter_map(Value::as_str);
        names.map(str::to_owned).collect()
    };
    let apart = groups.map(names).collect();
    let mut folder = PathBuf::from(text("manifest_path"));
    folder.pop();
    Package { name: text("name"), version: text("version"), folder, features, apart }
}
