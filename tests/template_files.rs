//! Definitions of templates are edited, added and removed between two builds of a small workspace, and what the
//! compiler says changes with them.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

const MANIFEST: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
    wa-message = { path = \"WA\", version = \"0.1.0\", default-features = false }\n";
const READY: &str = "wa_message! { <template> to: \"+15550100\", name: \"order_ready\", language: \"en_US\", body: [\"Ada\", \"17\"] }";
const BYE: &str = "wa_message! { <template> to: \"+15550100\", name: \"bye\", language: \"en_US\", body: [\"Ada\"] }";
const TWO: &str = "Hi {{1}}, order {{2}} is ready.";
const THREE: &str = "Hi {{1}}, order {{2}} is ready at {{3}}.";
const WANTS_THREE: &str = "the body of `order_ready` (en_US) takes 3 variables, and 2 are given\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// A workspace with one package, and what the environment says of its definitions.
struct House {
    folder: PathBuf,
    variables: Vec<(&'static str, String)>,
    edits: usize,
}

impl House {
    fn new() -> Self {
        let folder = root().join("target/template-files");
        let _ = fs::remove_dir_all(&folder);
        let house = Self { folder, variables: Vec::new(), edits: 0 };
        house.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"crates/shop\"]\n");
        let facade = root().join("crates/wa-message");
        let manifest = MANIFEST.replace("WA", &facade.display().to_string().replace('\\', "/"));
        house.write("crates/shop/Cargo.toml", &manifest);
        // The versions that are there already, as nothing is fetched.
        fs::copy(root().join("Cargo.lock"), house.folder.join("Cargo.lock")).unwrap();
        house
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn define(&self, path: &str, name: &str, text: &str) {
        let text = text.replace('\n', "\\n");
        let one = format!(
            r#"{{"name":"{name}","language":"en_US","status":"APPROVED","components":[{{"type":"BODY","text":"{text}"}}]}}"#
        );
        self.write(path, format!("{{\"data\":[{one}]}}\n"));
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.folder.join(path)).unwrap();
    }

    /// Writes the program with these invocations, so that it is compiled again.
    fn program(&mut self, invocations: &[&str]) {
        self.edits += 1;
        let calls: Vec<_> =
            invocations.iter().map(|call| format!("    let _ = {call};\n")).collect();
        let (edits, calls) = (self.edits, calls.concat());
        let text = format!("// {edits}\nuse wa_message::wa_message;\n\nfn main() {{\n{calls}}}\n");
        self.write("crates/shop/src/main.rs", text);
    }

    fn set(&mut self, name: &'static str, value: &str) {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value.to_owned()));
    }

    fn unset(&mut self) {
        self.variables.clear();
    }

    fn cargo(&self, folder: &Path, arguments: &[&str]) -> (bool, String) {
        let mut command = Command::new(env!("CARGO"));
        command.args(arguments).args(["--offline", "--color", "never"]).current_dir(folder);
        command.env("CARGO_TARGET_DIR", self.folder.join("target"));
        command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0");
        for name in ["RUSTFLAGS", "WA_MESSAGE_TEMPLATES", "WA_MESSAGE_TEMPLATES_REQUIRED"] {
            command.env_remove(name);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        let output = command.output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    fn check(&self) -> (bool, String) {
        self.cargo(&self.folder.join("crates/shop"), &["check", "--quiet"])
    }

    #[track_caller]
    fn passes(&self) {
        let (passes, text) = self.check();
        assert!(passes && text.is_empty(), "{text}");
    }

    /// Everything that is an error, each with its words.
    #[track_caller]
    fn fails(&self, wanted: &[&str]) {
        let (passes, text) = self.check();
        assert!(!passes, "it compiles, without: {wanted:?}");
        for words in wanted {
            assert!(text.contains(words), "{words:?} is not in: {text}");
        }
        // And the last line, which counts them.
        assert_eq!(text.matches("error: ").count(), wanted.len() + 1, "{text}");
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// One test, so that the library is compiled once.
#[test]
fn what_the_compiler_says_follows_the_files() {
    let mut house = House::new();
    house.program(&[READY]);
    nothing_is_found(&mut house);
    files_change(&mut house);
    the_variable_changes(&mut house);
    files_are_bad(&mut house);
    a_package_is_built_from_its_archive(&mut house);
}

fn nothing_is_found(house: &mut House) {
    house.passes();
    house.set("WA_MESSAGE_TEMPLATES_REQUIRED", "1");
    house.fails(&["there is no definition of the template `order_ready`: looked for `crates/shop/whatsapp-templates`, \
        `crates/shop/whatsapp-templates.json`, "]);
    house.set("WA_MESSAGE_TEMPLATES_REQUIRED", "0");
    house.passes();
    house.unset();
}

fn files_change(house: &mut House) {
    let (ready, bye) = ("whatsapp-templates/order_ready.json", "whatsapp-templates/bye.json");
    // The first definitions are seen with the next edit of the program.
    house.define(bye, "bye", "Bye, {{1}}.");
    house.program(&[READY, BYE]);
    house.fails(&["there is no template `order_ready`"]);
    house.define(ready, "order_ready", TWO);
    house.passes();
    house.define(ready, "order_ready", THREE);
    house.fails(&[WANTS_THREE]);
    house.define(ready, "order_ready", TWO);
    house.passes();
    // What is gone is missed.
    house.remove(ready);
    house.fails(&["there is no template `order_ready`"]);
    house.define(ready, "order_ready", TWO);
    house.passes();
}

fn the_variable_changes(house: &mut House) {
    house.define("live/order_ready.json", "order_ready", THREE);
    house.define("live/bye.json", "bye", "Bye, {{1}}.");
    house.set("WA_MESSAGE_TEMPLATES", "live");
    house.fails(&[WANTS_THREE]);
    house.unset();
    house.passes();
    house.set("WA_MESSAGE_TEMPLATES", "");
    house.passes();
    let one = house.folder.join("live/order_ready.json");
    house.set("WA_MESSAGE_TEMPLATES", one.to_str().unwrap());
    house.fails(&[WANTS_THREE, "there is no template `bye`"]);
    house.set("WA_MESSAGE_TEMPLATES", "gone");
    house.fails(&[
        "gone: `WA_MESSAGE_TEMPLATES` names it, and neither a file nor a folder is there",
    ]);
    house.unset();
    house.passes();
}

/// A bad file is named once, and is in the way of nothing that it does not concern.
fn files_are_bad(house: &mut House) {
    let other = READY.replace("order_ready", "other");
    let bad = "whatsapp-templates/bad.json";
    let one = |name: &str, language: &str, components: &str| {
        format!("{{\"name\":\"{name}\",\"language\":\"{language}\",\"components\":[{components}]}}")
    };
    let body = r#"{"type":"BODY","text":"Bye."}"#;
    let cases: [(&str, Vec<u8>, &[&str]); 3] = [
        ("no JSON", b"{\"data\": [\n  three loaves".to_vec(), &["bad.json:2:3: "]),
        ("10 MB", vec![b' '; 10_000_000], &["bad.json: has 9 MiB, and at most 8 are read"]),
        (
            "twice",
            format!("[{},\n{}]", one("other", "en_US", body), one("other", "en_US", body))
                .into_bytes(),
            &["bad.json:2:1: the definition of `other`: "],
        ),
    ];
    for (name, text, wanted) in cases {
        house.write(bad, text);
        house.program(&[READY, &other, BYE, &other]);
        println!("{name}");
        house.fails(wanted);
        house.program(&[READY, BYE]);
        house.passes();
    }
    // Worth a note, and no more.
    for component in [
        r#"{"type":"BODY","text":"{{1}}, {{3}}"}"#,
        r#"{"type":"BODY","text":"{{1}}, {{2}}"},{"type":"HOLOGRAM"}"#,
        r#"{"type":"BODY","text":"{{1}}, {{2}}"},{"type":"BUTTONS","buttons":[{"type":"NOD","text":"Yes"}]}"#,
    ] {
        house.write(bad, one("other", "en_US", component));
        house.program(&[READY, &other]);
        house.passes();
    }
    house.remove(bad);
}

/// What `cargo package` takes is the folder of the package alone. Who builds it has no definitions, or others.
fn a_package_is_built_from_its_archive(house: &mut House) {
    house.define("whatsapp-templates/order_ready.json", "order_ready", THREE);
    house.program(&[READY]);
    house.fails(&[WANTS_THREE]);
    let shop = house.folder.join("crates/shop");
    let package = ["package", "--no-verify", "--allow-dirty", "--exclude-lockfile", "--quiet"];
    let (packs, text) = house.cargo(&shop, &package);
    assert!(packs, "{text}");
    let archive = house.folder.join("target/package/shop-0.1.0.crate");
    let user = house.folder.join("user");
    fs::create_dir_all(&user).unwrap();
    let unpacked =
        Command::new("tar").arg("-xzf").arg(archive).current_dir(&user).status().unwrap();
    assert!(unpacked.success());
    let unpacked = user.join("shop-0.1.0");
    // As cargo leaves it where it fetches packages to.
    fs::write(unpacked.join(".cargo-ok"), "{\"v\":1}").unwrap();
    fs::copy(root().join("Cargo.lock"), unpacked.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(unpacked.join("Cargo.toml")).unwrap();
    let facade = root().join("crates/wa-message").display().to_string().replace('\\', "/");
    let manifest = format!(
        "{manifest}\n[workspace]\n\n[patch.crates-io]\nwa-message = {{ path = \"{facade}\" }}\n"
    );
    fs::write(unpacked.join("Cargo.toml"), manifest).unwrap();
    // The definitions of whoever builds it are those of another account.
    house.define("whatsapp-templates/other.json", "other", TWO);
    for (name, value) in
        [("", ""), ("WA_MESSAGE_TEMPLATES", "../../live"), ("WA_MESSAGE_TEMPLATES_REQUIRED", "1")]
    {
        house.unset();
        if !name.is_empty() {
            house.set(name, value);
        }
        let (passes, text) = house.cargo(&unpacked, &["check", "--quiet"]);
        assert!(passes, "{name}: {text}");
    }
}
