//! The commands `package` and `versions`: the packages as users get them, and with other versions of their
//! dependencies.
//!
//! `cargo package` builds each package on its own, with its siblings as dependencies from a registry. That
//! compiles everything several times. Here the packages are unpacked into one workspace, which shares what the
//! repository has compiled.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    error::{Error, Result},
    features,
    workspace::{Package, Workspace, cargo},
};

/// What each package has to have.
const FILES: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// Which versions of the dependencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versions {
    /// The oldest that the manifests allow.
    Minimal,
    /// The newest that the manifests allow.
    Newest,
}

/// The packages, unpacked into a workspace.
#[derive(Debug)]
pub struct Unpacked {
    workspace: Workspace,
    folder: PathBuf,
}

impl Unpacked {
    /// Packs the packages that users get, and unpacks them.
    ///
    /// # Errors
    ///
    /// When a package cannot be packed, cargo warns, or a file is missing in one.
    pub fn new(root: &Path) -> Result<Self> {
        let workspace = Workspace::find(root)?;
        pack(root, &workspace)?;
        let folder = workspace.target.join("packages");
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(file(&folder))?;
        }
        fs::create_dir_all(&folder).map_err(file(&folder))?;
        for package in &workspace.packages {
            unpack(root, &workspace.target, &folder, package)?;
        }
        let unpacked = Self { workspace, folder };
        let path = unpacked.folder.join("Cargo.toml");
        fs::write(&path, unpacked.manifest(root)?).map_err(file(&path))?;
        unpacked.take_lock(root)?;
        Ok(unpacked)
    }

    /// Builds them with the versions that the repository uses.
    ///
    /// # Errors
    ///
    /// When one does not compile.
    pub fn build(&self) -> Result<()> {
        self.cargo(&["build", "--workspace", "--lib", "--bins"])?;
        for package in &self.workspace.packages {
            println!("{} {}: packed and built", package.name, package.version);
        }
        Ok(())
    }

    /// Checks them with other versions of their dependencies. The features `without` stay off.
    ///
    /// # Errors
    ///
    /// When there are no such versions, or one does not compile.
    pub fn check(&self, root: &Path, versions: Versions, without: &[&str]) -> Result<()> {
        self.take_lock(root)?;
        let before = self.locked()?;
        match versions {
            Versions::Minimal => {
                // The flag is there for whoever asks in the way of the standard library.
                let mut update = self.command(&["update", "-Z", "direct-minimal-versions"]);
                run(update.env("RUSTC_BOOTSTRAP", "1"))?;
            }
            Versions::Newest => self.cargo(&["update"])?,
        }
        let after = self.locked()?;
        let other = after.iter().filter(|version| !before.contains(version)).count();
        let mut check = self.command(&["check", "--workspace", "--lib", "--bins", "--locked"]);
        let features = self.features(without);
        run(check.args(["--no-default-features", "--features", &features]))?;
        println!("{versions:?}: {} packages, {other} of them in another version", after.len());
        Ok(())
    }

    /// All features but some, with their packages.
    fn features(&self, without: &[&str]) -> String {
        let mut names = Vec::new();
        for package in &self.workspace.packages {
            let all = features::combinations(&package.features, without, &package.apart);
            let all = all.into_iter().max_by_key(BTreeSet::len).unwrap_or_default();
            names.extend(all.into_iter().map(|feature| format!("{}/{feature}", package.name)));
        }
        names.join(",")
    }

    fn take_lock(&self, root: &Path) -> Result<()> {
        let path = root.join("Cargo.lock");
        fs::copy(&path, self.folder.join("Cargo.lock")).map_err(file(&path))?;
        // What the packages do not need goes from it.
        self.cargo(&["metadata", "--format-version", "1"])
    }

    /// Returns the name and the version of each package that is locked.
    fn locked(&self) -> Result<Vec<(String, String)>> {
        let path = self.folder.join("Cargo.lock");
        let text = fs::read_to_string(&path).map_err(file(&path))?;
        let value = |line: Option<&str>| {
            line.and_then(|line| line.split('"').nth(1)).unwrap_or_default().to_owned()
        };
        let entries = text.split("[[package]]\n").skip(1);
        Ok(entries
            .map(|entry| (value(entry.lines().next()), value(entry.lines().nth(1))))
            .collect())
    }

    /// A workspace of the packages. They are not in the registry yet, and what the repository has compiled is
    /// only of use with its profiles.
    fn manifest(&self, root: &Path) -> Result<String> {
        let path = root.join("Cargo.toml");
        let text = fs::read_to_string(&path).map_err(file(&path))?;
        let mut manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"*-*.*.*\"]\n\n".to_owned();
        manifest.push_str("[patch.crates-io]\n");
        for package in &self.workspace.packages {
            let line = format!("{} = {{ path = \"{}\" }}\n", package.name, name(package));
            manifest.push_str(&line);
        }
        for section in text.split("\n[").filter(|section| section.starts_with("profile.")) {
            manifest.extend(["\n[", section]);
        }
        Ok(manifest)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo());
        command.args(arguments).arg("--quiet").current_dir(&self.folder);
        command.env("CARGO_TARGET_DIR", &self.workspace.target);
        command
    }

    fn cargo(&self, arguments: &[&str]) -> Result<()> {
        run(&mut self.command(arguments))
    }
}

fn name(package: &Package) -> String {
    format!("{}-{}", package.name, package.version)
}

fn pack(root: &Path, workspace: &Workspace) -> Result<()> {
    let mut command = Command::new(cargo());
    command.args(["package", "--no-verify", "--allow-dirty", "--quiet"]).current_dir(root);
    for package in &workspace.packages {
        command.args(["--package", &package.name]);
    }
    let failed = |message| Error::Tool { tool: "cargo package", message };
    let output = command.output().map_err(|error| failed(error.to_string()))?;
    // It warns of what a registry or a user would miss, and of versions that were taken back.
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() && said.trim().is_empty() { Ok(()) } else { Err(failed(said)) }
}

fn unpack(root: &Path, target: &Path, folder: &Path, package: &Package) -> Result<()> {
    let archive = target.join("package").join(format!("{}.crate", name(package)));
    // As of now. A package has the same old time for all of its files, so that cargo would take what it has built of an
    // earlier one for fresh.
    run(Command::new("tar").arg("-xmzf").arg(&archive).arg("-C").arg(folder))?;
    for name_of_file in FILES {
        let path = folder.join(name(package)).join(name_of_file);
        let text = fs::read(&path).map_err(file(&path))?;
        let is_licence = name_of_file != "README.md";
        if is_licence && fs::read(root.join(name_of_file)).map_err(file(&path))? != text {
            let message = format!("{} is not that of the repository", path.display());
            return Err(Error::Tool { tool: "cargo package", message });
        }
    }
    Ok(())
}

/// Runs a command that is to succeed. What it prints to the standard output is of no interest.
fn run(command: &mut Command) -> Result<()> {
    let failed = |message| Error::Tool { tool: "a command", message };
    let output = command.output().map_err(|error| failed(format!("{command:?}: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    Err(failed(format!("{command:?}\n{}", String::from_utf8_lossy(&output.stderr))))
}

fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { path, source }
}
