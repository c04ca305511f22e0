//! SARIF of `wa check`, held against its schema.
//!
//! The schema is not ours and lies in the package of `serde-sarif`, whose types are made of it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use serde_sarif::sarif::{Result as Finding, Sarif};

const BROKEN: &str = r#"{"messaging_product":"whatsapp","to":"+15550100","type":"interactive","interactive":{"type":"list",
    "body":{"text":"\u0000 é 😀"},"header":{"type":"image"},"action":{"button":"","sections":[{"rows":[
    {"id":"a","titel":"x"},{"id":"a","title":"😀 a title that is far too long for it"}]}]},"\u202e\n\"":1}}"#;

/// Returns the schema of SARIF 2.1.0.
fn schema() -> Value {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    // Of other systems, packages are not needed that nobody has fetched.
    command.args(["metadata", "--format-version", "1", "--locked"]);
    command.args(["--filter-platform", "x86_64-unknown-linux-gnu"]);
    command.args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")]);
    let output = command.stderr(Stdio::inherit()).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    let text = fs::read_to_string(manifest.with_file_name("src").join("schema.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    // It has a bracket too much, which is no regular expression, and we say nothing of languages.
    for place in ["run", "toolComponent"] {
        let language = format!("/definitions/{place}/properties/language");
        let language = schema.pointer_mut(&language).unwrap().as_object_mut().unwrap();
        language.remove("pattern").unwrap();
    }
    schema
}

fn checked(folder: &Path, code: i32) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wa"));
    command.args(["check", "--format", "sarif", "--all"]).current_dir(folder);
    command.envs([("HOME", "/nonexistent"), ("XDG_CONFIG_HOME", ""), ("WA_TEMPLATES", "")]);
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_output_is_as_the_schema_says() {
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .with_draft(jsonschema::Draft::Draft7)
        .build(&schema())
        .unwrap();
    let holds = |text: &str| {
        let log: Value = serde_json::from_str(text).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&log)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:#?} in {text}");
        serde_json::from_str::<Sarif>(text).unwrap()
    };
    // It would find something.
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0", "runs": [{}] })));

    let folder = tempfile::tempdir().unwrap();
    let log = holds(&checked(folder.path(), 0));
    assert!(log.runs[0].results.as_ref().unwrap().is_empty());

    fs::create_dir(folder.path().join("a b%#é")).unwrap();
    let names =
        ["plain.json", "cut.json", "a b%#é/?&😀.json", "c:d.json", "e\\f\n\u{1b}[31m\u{202e}.json"];
    for name in names {
        let text = if name == "cut.json" { &BROKEN[..BROKEN.len() - 20] } else { BROKEN };
        fs::write(folder.path().join(name), text).unwrap();
    }
    let text = checked(folder.path(), 1);
    let log = holds(&text);
    let [run] = log.runs.as_slice() else { panic!("{text}") };
    let rules = run.tool.driver.rules.as_ref().unwrap();
    assert!(rules.len() > 5, "{text}");
    let results = run.results.as_ref().unwrap();
    for finding in results {
        let index = usize::try_from(finding.rule_index.unwrap()).unwrap();
        assert_eq!(Some(&rules[index].id), finding.rule_id.as_ref());
    }
    let mut found: Vec<_> = results.iter().map(|finding| file_of(finding, folder.path())).collect();
    found.dedup();
    found.sort();
    let mut names: Vec<_> = names.iter().map(|name| folder.path().join(name)).collect();
    names.sort();
    assert_eq!(found, names);
}

/// Returns the file that an address leads to, whose lines have the place of the finding.
fn file_of(finding: &Finding, folder: &Path) -> PathBuf {
    let place = finding.locations.as_ref().unwrap()[0].physical_location.as_ref().unwrap();
    let address = place.artifact_location.as_ref().unwrap().uri.as_deref().unwrap();
    let path = folder.join(decoded(address));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{address}: {error}"));
    let region = place.region.as_ref().unwrap();
    let lines: Vec<_> = text.split('\n').collect();
    let at = |line: Option<i64>, column: Option<i64>| {
        let line = lines[usize::try_from(line.unwrap()).unwrap() - 1];
        let column = usize::try_from(column.unwrap()).unwrap();
        assert!(column >= 1 && column <= line.chars().count() + 1, "{region:?}");
    };
    at(region.start_line, region.start_column);
    at(region.end_line, region.end_column);
    assert!((region.start_line, region.start_column) <= (region.end_line, region.end_column));
    path
}

fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        if *first == b'%' {
            let digits = std::str::from_utf8(&behind[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &behind[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).unwrap()
}
