//! Packages that are written to be compiled and measured.

use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::written::Source;

/// What all of this comes to.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// How the crates of many messages are built.
pub const RELEASE: &[&str] = &["build", "--release"];

/// Whether a package is a library or a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// It has a `lib.rs`.
    Library,
    /// It has a `main.rs`, and what is built of it is stripped.
    Program,
}

/// A package in a folder of its own, with a workspace of its own.
#[derive(Debug, Clone)]
pub struct Project {
    folder: PathBuf,
    target: PathBuf,
    shape: Shape,
}

impl Project {
    /// Writes the package `name` into `folder`. It is built in `folder/target`, which it shares with
    /// other packages of that folder, so that dependencies are built once.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub fn new(folder: &Path, name: &str, shape: Shape, dependencies: &str) -> Outcome<Self> {
        let project = Self { folder: folder.join(name), target: folder.join("target"), shape };
        fs::create_dir_all(project.folder.join("src"))?;
        let strip = match shape {
            Shape::Library => "",
            Shape::Program => "[profile.release]\nstrip = true\n\n",
        };
        let manifest = format!(
            "[package]\nname = \"measured-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{dependencies}\n\n{strip}[workspace]\n"
        );
        fs::write(project.folder.join("Cargo.toml"), manifest)?;
        Ok(project)
    }

    /// Takes the versions of all dependencies from a lock file.
    ///
    /// # Errors
    ///
    /// When the file cannot be copied.
    pub fn lock(self, file: &Path) -> Outcome<Self> {
        fs::copy(file, self.folder.join("Cargo.lock"))?;
        Ok(self)
    }

    /// Builds in that folder.
    #[must_use]
    pub fn into_target(self, target: PathBuf) -> Self {
        Self { target, ..self }
    }

    /// Writes the code. That makes it new, so that the package and nothing else is built again.
    ///
    /// # Errors
    ///
    /// When a file cannot be written.
    pub fn write(&self, source: &Source) -> Outcome<()> {
        let main = match self.shape {
            Shape::Library => "lib.rs",
            Shape::Program => "main.rs",
        };
        fs::write(self.folder.join("src").join(main), &source.main)?;
        for (name, text) in &source.others {
            fs::write(self.folder.join("src").join(name), text)?;
        }
        Ok(())
    }

    /// Runs `cargo` on the package and returns how long it took.
    ///
    /// # Errors
    ///
    /// When it fails.
    pub fn cargo(&self, arguments: &[&str]) -> Outcome<Duration> {
        let mut command = self.command(arguments);
        let start = Instant::now();
        let status = command.stdout(Stdio::null()).status()?;
        let time = start.elapsed();
        if status.success() { Ok(time) } else { Err(self.failure(arguments)) }
    }

    /// Runs `cargo` on the package and returns what it prints.
    ///
    /// # Errors
    ///
    /// When it fails.
    pub fn read(&self, arguments: &[&str]) -> Outcome<String> {
        let output = self.command(arguments).stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(self.failure(arguments));
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Removes everything that was built.
    ///
    /// # Errors
    ///
    /// When a file cannot be removed.
    pub fn clean(&self) -> Outcome<()> {
        match fs::remove_dir_all(&self.target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// The size of the program that a release build made, in bytes.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn size(&self) -> Outcome<u64> {
        let name = self.folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let program = format!("measured-{name}{}", std::env::consts::EXE_SUFFIX);
        Ok(fs::metadata(self.target.join("release").join(program))?.len())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command
            .args(arguments)
            .arg("--quiet")
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target);
        if arguments.contains(&"--release") {
            command.env("CARGO_INCREMENTAL", "0");
        }
        command
    }

    fn failure(&self, arguments: &[&str]) -> Box<dyn Error> {
        format!("`cargo {}` failed in {}", arguments.join(" "), self.folder.display()).into()
    }
}
