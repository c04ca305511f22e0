//! Webhooks: benchmarks of this package measure them.

use std::process::{Command, Stdio};

use serde::de::DeserializeOwned;
use wa_bench::project::Outcome;

use crate::{place::Place, results::Webhooks};

/// How webhooks are read and received.
pub(crate) fn webhooks(place: &Place) -> Outcome<Webhooks> {
    Ok(Webhooks { reading: bench(place, "webhook")?, receiving: bench(place, "receiving")? })
}

fn bench<T: DeserializeOwned>(place: &Place, name: &str) -> Outcome<T> {
    eprintln!("  {name}");
    let output = Command::new("cargo")
        .args(["bench", "--quiet", "--package", "wa-bench", "--bench", name, "--", "--json"])
        .current_dir(&place.root)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("the benchmark {name} failed").into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
