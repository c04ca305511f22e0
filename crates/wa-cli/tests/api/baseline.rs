//! A baseline means the same files wherever somebody checks from.

use std::fs;

use crate::bad_input::{says, wa};

const FAULTY: &str =
    r#"{"messaging_product":"whatsapp","to":"+15550100","type":"text","text":{"bdy":"Hi"}}"#;

#[test]
fn it_is_used_from_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("repository");
    let inner = root.join("messages");
    fs::create_dir_all(&inner).unwrap();
    fs::write(root.join("one.json"), FAULTY).unwrap();
    fs::write(inner.join("two.json"), FAULTY).unwrap();
    assert_eq!(wa(&root, &["check", "one.json"]).status.code(), Some(1));
    let write = ["check", "--baseline", "baseline.json", "--write-baseline"];
    assert_eq!(wa(&root, &write).status.code(), Some(0));
    let absolute = inner.join("two.json");
    let baseline = root.join("baseline.json");
    let [absolute, baseline] = [&absolute, &baseline].map(|path| path.to_str().unwrap());
    for (here, path, file) in [
        (&root, ".", "baseline.json"),
        (&root, "./messages", "./baseline.json"),
        (&root, "messages/../one.json", "baseline.json"),
        (&root, absolute, "messages/../baseline.json"),
        (&inner, ".", "../baseline.json"),
        (&inner, "./two.json", baseline),
        (&inner, absolute, "../baseline.json"),
        (&inner, "..", "../baseline.json"),
    ] {
        let output = wa(here, &["check", path, "--baseline", file]);
        assert_eq!(output.status.code(), Some(0), "{path} {file}: {output:?}");
    }
    // Written from elsewhere, it is the same file.
    let before = fs::read_to_string(baseline).unwrap();
    let write = ["check", "..", "--baseline", "../baseline.json", "--write-baseline"];
    assert_eq!(wa(&inner, &write).status.code(), Some(0));
    assert_eq!(fs::read_to_string(baseline).unwrap(), before);
    // And it is that of the repository, wherever that lies.
    let moved = folder.path().join("moved");
    fs::rename(&root, &moved).unwrap();
    assert_eq!(wa(&moved, &["check", "--baseline", "baseline.json"]).status.code(), Some(0));
    // What is wrong with another file is not known.
    fs::write(moved.join("three.json"), FAULTY).unwrap();
    assert_eq!(wa(&moved, &["check", "--baseline", "baseline.json"]).status.code(), Some(1));
}

#[test]
fn an_old_one_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old"), r#"{"version": 1, "findings": {}}"#).unwrap();
    fs::write(folder.path().join("new"), r#"{"version": 3, "findings": {}}"#).unwrap();
    let old = ["check", "--baseline", "old"];
    says(folder.path(), &old, 2, "write it again with `--write-baseline`");
    let write = ["check", "--baseline", "old", "--write-baseline"];
    assert_eq!(wa(folder.path(), &write).status.code(), Some(0));
    assert_eq!(wa(folder.path(), &old).status.code(), Some(0));
    let new = ["check", "--baseline", "new"];
    says(folder.path(), &new, 2, "`new` was written by a newer version of `wa`");
}

/// What cannot be read is told, also when everything else is written down.
#[test]
fn trouble_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("bytes.json"), b"\xff").unwrap();
    fs::create_dir(folder.join("folder")).unwrap();
    let write = ["check", "--baseline", "known", "--write-baseline"];
    says(folder, &write, 2, "`bytes.json` is not UTF-8 in line 1");
    let hinted = |file: &str| {
        let output = wa(folder, &["check", "--baseline", file]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        String::from_utf8(output.stderr).unwrap().contains("`--write-baseline` makes it")
    };
    assert!(hinted("none"));
    assert!(!hinted("folder"));
    assert!(!hinted("bytes.json"));
}
