//! Where it was measured.

use std::{fs, process::Command};

use serde::{Deserialize, Serialize};

/// Where it was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) memory: String,
    pub(crate) system: String,
    pub(crate) compiler: String,
}

impl Machine {
    /// This machine. What it does not tell is called unknown.
    pub(crate) fn this() -> Self {
        let unknown = || "unknown".to_owned();
        let processor = line("/proc/cpuinfo", "model name").map(|name| match models() {
            Some(models) => format!("{name} ({models})"),
            None => name,
        });
        let kilobytes = line("/proc/meminfo", "MemTotal")
            .and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok());
        let memory = kilobytes.map(|number| format!("{} GiB", (number + (1 << 19)) >> 20));
        Self {
            processor: processor.unwrap_or_else(unknown),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            memory: memory.unwrap_or_else(unknown),
            system: said("uname", &["-sr"]).unwrap_or_else(|| std::env::consts::OS.to_owned()),
            compiler: said("rustc", &["--version"]).unwrap_or_else(unknown),
        }
    }
}

/// The numbers of the processor's model: its name does not always say it.
fn models() -> Option<String> {
    let (family, model) = (line("/proc/cpuinfo", "cpu family")?, line("/proc/cpuinfo", "model")?);
    Some(format!("family {family}, model {model}"))
}

fn line(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    })
}

fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
