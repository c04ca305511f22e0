//! The memory of a process.

use std::{fmt::Display, fs};

/// The most memory that a process ever had, in KiB. Nothing where there is no `/proc`.
pub(crate) fn peak_memory(process: impl Display) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
