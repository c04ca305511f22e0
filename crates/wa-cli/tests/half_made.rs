//! Bodies as people keep them in templates: nothing is wrong with them, and what is put into them is found.
#![allow(clippy::unwrap_used)]

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

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
    assert_eq!(count, 19);
}

/// Templates of JSON are found in folders by what they make.
#[test]
fn templates_are_found_in_folders() {
    let folder = tempfile::tempdir().unwrap();
    let body =
        r#"{"messaging_product":"whatsapp","to":"<%= to %>","type":"text","text":{"body":7}}"#;
    let kinds =
        ["j2", "jinja", "jinja2", "hbs", "mustache", "tmpl", "liquid", "erb", "ejs", "Twig"];
    for kind in kinds {
        fs::write(folder.path().join(format!("order.json.{kind}")), body).unwrap();
        fs::write(folder.path().join(format!("order.{kind}")), body).unwrap();
        fs::write(folder.path().join(format!("order.xml.{kind}")), body).unwrap();
    }
    let output = check(folder.path());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("10 bodies checked"), "{said}");
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), kinds.len());
}

/// Opens, chooses and closes.
const FORMS: [[&str; 3]; 5] = [
    ["<% if x -%> ", "<% else %>", " <%- end %>"],
    ["<% if (x) { %>", "<% } else { %>", "<% } %>"],
    ["{% if x %}", "{% else %}", "{% endif %}"],
    ["{{#if x}} ", " {{else}} ", " {{/if}} "],
    ["{{ range .X }}", "{{ else }}", "{{ end }}"],
];

/// Writes a value of which one part stands on a condition, with its comma and with another one in its place.
struct Writer {
    out: String,
    form: [&'static str; 3],
    wanted: usize,
    parts: usize,
}

impl Writer {
    fn value(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                self.parts(
                    "{ ",
                    members.len(),
                    " }",
                    &mut members.iter().map(|(name, value)| (Some(name), value)),
                );
            }
            Value::Array(items) => {
                self.parts("[", items.len(), "]", &mut items.iter().map(|value| (None, value)));
            }
            plain => _ = write!(self.out, "{plain}"),
        }
    }

    fn parts<'v>(
        &mut self,
        open: &str,
        count: usize,
        close: &str,
        parts: &mut dyn Iterator<Item = (Option<&'v String>, &'v Value)>,
    ) {
        self.out.push_str(open);
        for (at, (name, value)) in parts.enumerate() {
            let is_wanted = self.parts == self.wanted;
            self.parts += 1;
            let start = self.out.len();
            if let Some(name) = name {
                _ = write!(self.out, "{}: ", Value::from(name.as_str()));
            }
            self.value(value);
            if at + 1 < count {
                self.out.push(',');
            }
            if is_wanted {
                let [before, between, behind] = self.form;
                let part = self.out.split_off(start);
                _ = write!(self.out, "{before}{part}{between}{part}{behind}");
            }
        }
        self.out.push_str(close);
    }
}

/// Whatever part of a message stands on a condition, there is no false alarm.
#[test]
fn any_part_may_stand_on_a_condition() {
    let folder = tempfile::tempdir().unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/examples");
    let mut lines = String::new();
    for entry in fs::read_dir(examples).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let example: Value = serde_json::from_str(&text).unwrap();
        for form in FORMS {
            for wanted in 0.. {
                let mut writer = Writer { out: String::new(), form, wanted, parts: 0 };
                writer.value(&example);
                if wanted > writer.parts {
                    break;
                }
                lines.push_str(&writer.out);
                lines.push('\n');
            }
        }
    }
    assert!(lines.lines().count() > 1_000);
    let file = folder.path().join("all.jsonl");
    fs::write(&file, lines).unwrap();
    let found = String::from_utf8(check(&file).stdout).unwrap();
    let errors: Vec<_> = found.lines().filter(|line| line.contains(": error[")).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
