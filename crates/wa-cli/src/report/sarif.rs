//! SARIF 2.1.0, which code scanners share.

use std::{collections::BTreeMap, fmt::Write as _, io};

use serde_json::{Value, json};

use crate::check::{Checked, Finding, Lines, Rule, fingerprint};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn write(all: &[Checked], out: &mut dyn io::Write) -> io::Result<()> {
    let mut rules: BTreeMap<&Rule, usize> =
        all.iter().flat_map(|checked| &checked.findings).map(|found| (&found.rule, 0)).collect();
    for (index, at) in rules.values_mut().enumerate() {
        *at = index;
    }
    let results: Vec<_> = all
        .iter()
        .flat_map(|checked| {
            let lines = Lines::new(&checked.text);
            let results: Vec<_> = checked
                .findings
                .iter()
                .map(|found| result(checked, found, &lines, &rules))
                .collect();
            results
        })
        .collect();
    let rules: Vec<_> = rules.keys().map(|rule| rule_of(rule)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "wa",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule_of(rule: &Rule) -> Value {
    let text = crate::commands::explain::summary(rule.as_str())
        .unwrap_or_else(|| "A limit of the API.".to_owned());
    json!({ "id": rule.as_str(), "shortDescription": { "text": text } })
}

fn result(
    checked: &Checked,
    finding: &Finding,
    lines: &Lines<'_>,
    rules: &BTreeMap<&Rule, usize>,
) -> Value {
    let (start, end) = (lines.place(finding.bytes.start), lines.place(finding.bytes.end));
    let mut message = finding.says.clone();
    for more in finding.note.iter().chain(&finding.help) {
        message = format!("{message}\n{more}");
    }
    json!({
        "ruleId": finding.rule.as_str(),
        "ruleIndex": rules.get(&finding.rule),
        "level": finding.level.as_str(),
        "message": { "text": message },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&checked.name) },
                "region": {
                    "startLine": start.line,
                    "startColumn": start.column,
                    "endLine": end.line,
                    "endColumn": end.column,
                },
            },
            "logicalLocations": [{ "fullyQualifiedName": finding.path }],
        }],
        "partialFingerprints": { "wa/v1": fingerprint(&checked.name, finding) },
    })
}

/// A path as an address, which is relative if the path is.
fn uri(path: &str) -> String {
    let mut out = String::new();
    if path.starts_with('/') {
        out.push_str("file://");
    }
    // Elsewhere a backslash is a letter like others.
    for byte in path.replace(std::path::MAIN_SEPARATOR, "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
