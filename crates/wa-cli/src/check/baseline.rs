//! Findings that were there before, and are not shown again.

use std::{
    cmp::Ordering,
    collections::HashMap,
    env,
    fmt::Write as _,
    fs,
    path::{Component, Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Checked, Finding};

/// Findings that are known, by their fingerprints. A file that moves lines keeps them. Files are known by their paths from
/// the folder of the baseline, wherever somebody checks from.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Baseline {
    version: u32,
    /// How often each is there.
    findings: HashMap<String, u32>,
}

/// The version of the file. The first one knew files by the names that were given.
const VERSION: u32 = 2;

impl Baseline {
    /// Everything that was found now, for the baseline at a path.
    pub(crate) fn of(all: &[Checked], path: &Path) -> Self {
        let folder = folder_of(path);
        let mut findings = HashMap::new();
        for checked in all {
            let name = name_from(&folder, &checked.path);
            for finding in &checked.findings {
                *findings.entry(fingerprint(&name, finding)).or_default() += 1;
            }
        }
        Self { version: VERSION, findings }
    }

    /// Reads a baseline, or says what it is instead.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let baseline: Self = serde_json::from_str(text).map_err(|error| {
            if error.is_data() {
                "is no baseline: it is not what `--write-baseline` writes".to_owned()
            } else {
                format!("is no baseline: it is not JSON: {error}")
            }
        })?;
        match baseline.version.cmp(&VERSION) {
            Ordering::Less => {
                Err("was written by an older version of `wa`, which knew files by other names; \
                                   write it again with `--write-baseline`"
                    .to_owned())
            }
            Ordering::Equal => Ok(baseline),
            Ordering::Greater => Err("was written by a newer version of `wa`".to_owned()),
        }
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

    /// Leaves out what is known, each as often as it was there. The path is that of the baseline.
    pub(crate) fn remove_from(mut self, all: &mut [Checked], path: &Path) {
        let folder = folder_of(path);
        for checked in all {
            let name = name_from(&folder, &checked.path);
            checked.findings.retain(|finding| {
                let Some(count) = self.findings.get_mut(&fingerprint(&name, finding)) else {
                    return true;
                };
                let is_known = *count > 0;
                *count = count.saturating_sub(1);
                !is_known
            });
        }
    }
}

/// The folder of a file.
fn folder_of(path: &Path) -> PathBuf {
    whole(path.parent().unwrap_or(Path::new("")))
}

/// A path without links and shortcuts. What is not there, such as the file that an editor has not written yet, has no links.
fn whole(path: &Path) -> PathBuf {
    let path = env::current_dir().unwrap_or_default().join(path);
    fs::canonicalize(&path).unwrap_or_else(|_| {
        let mut whole = PathBuf::new();
        for part in path.components() {
            match part {
                Component::ParentDir => _ = whole.pop(),
                Component::CurDir => {}
                part => whole.push(part),
            }
        }
        whole
    })
}

/// The name of a file as seen from a folder, with the same signs between its parts on all systems.
fn name_from(folder: &Path, file: &Path) -> String {
    let file = whole(file);
    let common = folder.components().zip(file.components());
    let common = common.take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(common).map(|_| "..".to_owned());
    let down = file.components().skip(common);
    let down = down.map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
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
