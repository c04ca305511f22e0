//! The command `editor`: asks rust-analyzer what it shows inside of `wa_message!`.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    error::{Error, Result},
    workspace::{Workspace, cargo},
};

/// The server that goes with the pinned compiler. Later ones need a later compiler.
const VERSION: &str = "0.0.340";

/// Finds a rust-analyzer that runs: the one that `RUST_ANALYZER` names, one in the `PATH`, or the one that
/// [`install`] has built.
///
/// # Errors
///
/// When `cargo metadata` fails.
pub fn find(root: &Path) -> Result<Option<PathBuf>> {
    let named = env::var_os("RUST_ANALYZER").unwrap_or_else(|| "rust-analyzer".into());
    let built = folder(root)?.join("bin/rust-analyzer");
    // That of rustup runs only where its component is there.
    Ok([named.into(), built].into_iter().find(runs))
}

fn runs(program: &PathBuf) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn folder(root: &Path) -> Result<PathBuf> {
    Ok(Workspace::find(root)?.target.join("rust-analyzer"))
}

/// Builds rust-analyzer, which takes some minutes.
///
/// # Errors
///
/// When it cannot be built.
pub fn install(root: &Path) -> Result<PathBuf> {
    let folder = folder(root)?;
    let mut command = Command::new(cargo());
    command
        .args(["install", "ra_ap_rust-analyzer", "--version", VERSION, "--locked"])
        .args(["--profile", "dev", "--root"])
        .arg(&folder)
        // It uses parts of the compiler, as rust-analyzer itself does.
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(root);
    run(&mut command)?;
    Ok(folder.join("bin/rust-analyzer"))
}

/// Runs the test of the editor with a rust-analyzer.
///
/// # Errors
///
/// When it fails.
pub fn test(root: &Path, program: &Path) -> Result<()> {
    let mut command = Command::new(cargo());
    command
        .args(["test", "--package", "wa-message-tests", "--test", "editor", "--", "--nocapture"])
        .env("RUST_ANALYZER", OsString::from(program))
        .current_dir(root);
    run(&mut command)
}

fn run(command: &mut Command) -> Result<()> {
    let failed = |message| Error::Tool { tool: "cargo", message };
    let status = command.status().map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(format!("{command:?}"))) }
}
