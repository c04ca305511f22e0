//! Findings that were there before, and are not shown again.

use std::{collections::HashMap, fmt::Write as _};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Checked, Finding};

/// Findings that are known, by their fingerprints. A file that moves lines keeps them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Baseline {
    version: u32,
    /// How often each is there.
    findings: HashMap<String, u32>,
}

/// The version of the file.
const VERSION: u32 = 1;

impl Baseline {
    /// Everything that was found now.
    pub(crate) fn of(all: &[Checked]) -> Self {
        let mut findings = HashMap::new();
        for checked in all {
            for finding in &checked.findings {
                *findings.entry(fingerprint(&checked.name, finding)).or_default() += 1;
            }
        }
        Self { version: VERSION, findings }
    }

    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let baseline: Self = serde_json::from_str(text).map_err(|error| {
            if error.is_data() {
                "it is not what `--write-baseline` writes".to_owned()
            } else {
                format!("it is not JSON: {error}")
            }
        })?;
        if baseline.version > VERSION {
            return Err("a newer version of `wa` has written it".to_owned());
        }
        Ok(baseline)
    }

    /// Its lines, sorted, so that a difference shows what has changed.
    pub(crate) fn to_text(&self) -> String {
        let mut findings: Vec<_> = self.findings.iter().collect();
        findings.sort();
        let lines: Vec<_> =
            findings.iter().map(|(print, count)| format!("    \"{print}\": {count}")).collect();
        let inside =
            if lines.is_empty() { String::new() } else { format!("\n{}\n  ", lines.join(",\n")) };
        format!("{{\n  \"version\": {},\n  \"findings\": {{{inside}}}\n}}\n", self.version)
    }

    /// Leaves out what is known, each as often as it was there.
    pub(crate) fn remove_from(mut self, all: &mut [Checked]) -> usize {
        let mut removed = 0;
        for checked in all {
            let Checked { name, findings, .. } = checked;
            findings.retain(|finding| {
                let Some(count) = self.findings.get_mut(&fingerprint(name, finding)) else {
                    return true;
                };
                let is_known = *count > 0;
                *count = count.saturating_sub(1);
                removed += usize::from(is_known);
                !is_known
            });
        }
        removed
    }
}

/// What a finding is known by, without its line.
pub(crate) fn fingerprint(file: &str, finding: &Finding) -> String {
    let mut hash = Sha256::new();
    for part in [file, finding.rule.as_str(), &finding.path, &finding.says] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(16).fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}
