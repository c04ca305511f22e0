//! The command `editor`: asks rust-analyzer what it shows inside of `wa_message!`.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    error::Result,
    workspace::{Workspace, cargo, run_cargo, runs},
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
    Ok([named.into(), built].into_iter().find(|program| runs(program)))
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
    run_cargo(&mut command)?;
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
    run_cargo(&mut command)
}
