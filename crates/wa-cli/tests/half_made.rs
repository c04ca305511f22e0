//! Bodies as people keep them in templates: nothing is wrong with them, and what is put into them is found.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

fn check(file: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wa"));
    command.args(["check", "--deny", "warnings", "--format", "concise"]).arg(file);
    command.env("HOME", "/nonexistent").env("XDG_CONFIG_HOME", "").env("WA_TEMPLATES", "");
    command.stdin(Stdio::null()).output().unwrap()
}

#[test]
fn each_is_followed_without_a_false_alarm() {
    let folder = tempfile::tempdir().unwrap();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/half-made");
    let mut count = 0;
    for entry in fs::read_dir(kept).unwrap() {
        let path = entry.unwrap().path();
        let output = check(&path);
        assert_eq!(output.status.code(), Some(0), "{path:?}: {output:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("1 body checked"), "{path:?}: {said}");
        // A slip, also in JSON that stands in a text of other JSON.
        let text = fs::read_to_string(&path).unwrap();
        let slipped = ["\"", "\\\""].map(|quote| {
            let mark = format!("{quote}messaging_product{quote}: {quote}whatsapp{quote},");
            (format!("{mark} {quote}slip{quote}: 1,"), mark)
        });
        let slipped = slipped.iter().fold(text, |text, (slip, mark)| text.replace(mark, slip));
        let faulty = folder.path().join(path.file_name().unwrap());
        fs::write(&faulty, slipped).unwrap();
        let output = check(&faulty);
        let found = String::from_utf8(output.stdout).unwrap();
        assert!(found.contains("has no field `slip`"), "{path:?}: {found}");
        assert_eq!(found.lines().count(), 1, "{path:?}: {found}");
        count += 1;
    }
    assert_eq!(count, 17);
}
