//! GitLab's report of code quality: one array of JSON.

use std::{collections::HashMap, io};

use serde_json::{Value, json};

use crate::check::{Checked, Level, Lines, fingerprint};

pub(super) fn write(all: &[Checked], out: &mut dyn io::Write) -> io::Result<()> {
    let mut findings = Vec::new();
    // GitLab takes those with one fingerprint for the same.
    let mut seen: HashMap<String, u32> = HashMap::new();
    for checked in all {
        let lines = Lines::new(&checked.text);
        for finding in &checked.findings {
            let mut print = fingerprint(&checked.name, finding);
            let count = seen.entry(print.clone()).or_default();
            if *count > 0 {
                print = format!("{print}-{count}");
            }
            *count += 1;
            let severity = match finding.level {
                Level::Error => "major",
                Level::Warning => "minor",
            };
            findings.push(json!({
                "description": finding.says,
                "check_name": finding.rule.as_str(),
                "fingerprint": print,
                "severity": severity,
                "location": {
                    "path": checked.name,
                    "lines": { "begin": lines.place(finding.bytes.start).line },
                },
            }));
        }
    }
    serde_json::to_writer_pretty(&mut *out, &Value::Array(findings))?;
    writeln!(out)
}
