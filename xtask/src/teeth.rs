//! Faults that are built into the outbox on purpose: its tests have to find each of them.

use std::{path::Path, process::Command};

use crate::error::{Error, Result};

/// The faults, by the names that `teeth.rs` of the outbox has.
pub const FAULTS: [&str; 3] = ["no_mark", "no_lease", "sweep_again"];

/// Builds a fault in, and returns the tests that found it.
///
/// # Errors
///
/// If no test finds it, or the crate cannot be built.
pub fn bite(root: &Path, fault: &str) -> Result<String> {
    let built = Command::new("cargo")
        .current_dir(root)
        .args([
            "rustc",
            "--quiet",
            "--package",
            "wa-outbox",
            "--lib",
            "--profile",
            "test",
            "--message-format",
            "json",
        ])
        .args(["--", "--cfg", &format!("wa_outbox_teeth=\"{fault}\"")])
        .output()
        .map_err(|error| failed("cargo", error.to_string()))?;
    let messages = String::from_utf8_lossy(&built.stdout);
    let program = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|message| message["executable"].as_str().map(str::to_owned))
        .next_back();
    let Some(program) = program.filter(|_| built.status.success()) else {
        return Err(failed(
            "cargo",
            format!("{fault}: {}", String::from_utf8_lossy(&built.stderr)),
        ));
    };
    let tested = Command::new(program)
        .current_dir(root.join("crates/wa-outbox"))
        // A life that was found once would be written beside the tests.
        .env("PROPTEST_FAILURE_PERSISTENCE", "off")
        .output()
        .map_err(|error| failed("the tests of the outbox", error.to_string()))?;
    let said = String::from_utf8_lossy(&tested.stdout);
    let found: Vec<_> = said
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"))
        .collect();
    if tested.status.success() || found.is_empty() {
        return Err(failed("the tests of the outbox", format!("none finds `{fault}`")));
    }
    Ok(found.join(", "))
}

fn failed(tool: &'static str, message: String) -> Error {
    Error::Tool { tool, message }
}
