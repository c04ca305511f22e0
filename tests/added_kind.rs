//! A kind that the API does not have, added to a copy of the workspace by an edit of the description
//! alone: it compiles, it is sent, and its limits are errors of the compiler.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const KIND: &str = "
    PollInteractive:
      type: object
      description: A question with options to choose from.
      x-label: a poll message
      x-kind: poll
      properties:
        type: {type: string, const: poll, description: The kind of interactive message.}
        body:
          $ref: '#/components/schemas/Body'
          description: The question.
        action:
          $ref: '#/components/schemas/PollAction'
          description: The options.
          x-lift: true
      required: [type, body, action]
      additionalProperties: false

    PollAction:
      type: object
      description: The options of a poll.
      x-label: a poll action
      properties:
        options:
          type: array
          items: {$ref: '#/components/schemas/PollOption'}
          minItems: 2
          maxItems: 12
          description: The options to choose from.
        points:
          type: integer
          minimum: 1
          description: The points of all options together.
      required: [options]
      additionalProperties: false
      x-rules:
        - {unique: 'options[].title'}
        - {sum: points, of: [{over: 'options[]', add: points}], x-says: the points of the options}

    PollOption:
      type: object
      description: An option of a poll.
      x-label: a poll option
      x-scalar: title
      x-shown: button
      properties:
        title:
          type: string
          minLength: 1
          maxLength: 30
          x-shown: title
          description: The text of the option.
        points:
          type: integer
          minimum: 0
          description: The points that a vote for it counts.
      required: [title]
      additionalProperties: false
";

/// The requests are written by hand, so that no HTTP client has to be built for them.
const SENT: &str = r#"
use std::{error::Error, io::{Read, Write}, net::TcpStream};

use wa_message::{Message, wa_message};
use wa_sandbox::Sandbox;

fn send(sandbox: &Sandbox, message: &Message) -> Result<String, Box<dyn Error>> {
    let host = sandbox.base_url().trim_start_matches("http://").to_owned();
    let (path, token) = (sandbox.phone_number_id(), sandbox.token());
    let body = message.to_json();
    let mut stream = TcpStream::connect(&host)?;
    write!(
        stream,
        "POST /v23.0/{path}/messages HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let poll = wa_message! { <poll> to: "+15550100", body: "When?", options: ["Mon", { title: "Tue" }] };
    println!("{}", send(&sandbox, &poll)?);
    println!("drawn {}", wa_message::preview::draw(&poll));
    let days = ["Mon", "Tue", "Wed"];
    let poll = wa_message! { <poll> to: "+15550100", body: "When?", options: [..days] }?;
    println!("{}", send(&sandbox, &poll)?);
    let twice = wa_message! { <poll> to: "+15550100", body: "When?", options: ["Mon", ..days] };
    println!("{}", twice.unwrap_err());
    let sum = |points: i64| wa_message! { <poll> to: "+15550100", body: "When?", points: points,
        options: [for day in days { title: day, points: 2 }] };
    println!("{}", send(&sandbox, &sum(6)?)?);
    println!("{}", sum(7).unwrap_err());
    for received in sandbox.received() {
        println!("received {} {}", received.kind(), received.body()["interactive"]["action"]["options"]);
    }
    Ok(())
}
"#;

const TOO_MANY: &str = r#"
fn main() {
    wa_message::wa_message! { <poll>
        to: "+15550100",
        body: "When?",
        options: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"],
    };
    wa_message::wa_message! { <poll> to: "+15550100", body: "When?", options: ["yes", "yes"] };
    wa_message::wa_message! { <poll>
        to: "+15550100",
        body: "When?",
        points: 5,
        options: [{ title: "yes", points: 2 }, { title: "no", points: 1 }],
    };
}
"#;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else if fs::read(to).ok() != Some(fs::read(from)?) {
        // What has not changed keeps its time, so that it is not built again.
        fs::copy(from, to)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).unwrap();
    }
}

fn cargo(folder: &Path, arguments: &[&str]) -> (Output, String) {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(folder);
    command.env("CARGO_TARGET_DIR", folder.join("target")).env_remove("RUSTFLAGS");
    let output = command.output().unwrap();
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    (output, text)
}

#[test]
fn a_kind_is_added_by_the_description_alone() {
    let (root, scratch) = (root(), root().join("target/added-kind"));
    for part in [
        "crates/wa-client",
        "crates/wa-message",
        "crates/wa-message-core",
        "crates/wa-message-dsl",
        "crates/wa-message-macros",
        "crates/wa-message-rules",
        "crates/wa-message-spec",
        "crates/wa-outbox",
        "crates/wa-preview",
        "crates/wa-sandbox",
        "crates/wa-webhook",
        "openapi",
        "Cargo.lock",
        "README.md",
    ] {
        copy(&root.join(part), &scratch.join(part)).unwrap();
    }
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let from_members = manifest.split_once("members = ").unwrap().1;
    let rest = from_members.split_once("[workspace.package]").unwrap().1;
    let rest = rest.split_once("# The generator is to answer").map_or(rest, |(rest, _)| rest);
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\n[workspace.package]{rest}"
    );
    write(&scratch.join("Cargo.toml"), &manifest);

    let description = fs::read_to_string(root.join("openapi/messages.yaml")).unwrap();
    let arm = "        - $ref: '#/components/schemas/RequestContactInfoInteractive'\n";
    assert!(description.contains(arm));
    let arms = format!("{arm}        - $ref: '#/components/schemas/PollInteractive'\n");
    let description = description.replacen(arm, &arms, 1);
    let (head, tail) = description.split_once("\n    # Templates\n").unwrap();
    write(
        &scratch.join("openapi/messages.yaml"),
        &format!("{head}{KIND}\n    # Templates\n{tail}"),
    );
    let drift = xtask::codegen::write(&scratch).unwrap();
    assert!(!drift.files.is_empty(), "the new kind changed no generated file");

    let package = scratch.join("crates/poll");
    write(
        &package.join("Cargo.toml"),
        "[package]\nname = \"poll\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n\
         wa-message = { path = \"../wa-message\", default-features = false, features = [\"preview\"] }\nwa-sandbox = { path = \"../wa-sandbox\" }\n",
    );
    write(&package.join("src/main.rs"), SENT);
    write(&package.join("examples/too_many.rs"), TOO_MANY);

    let (output, text) = cargo(&scratch, &["run", "--quiet", "-p", "poll"]);
    assert!(output.status.success(), "{text}");
    assert_eq!(text.matches("HTTP/1.1 200").count(), 3, "{text}");
    assert!(text.contains("`points` is 7, and must be 6: the points of the options"), "{text}");
    assert!(text.contains(r#"received poll [{"title":"Mon"},{"title":"Tue"}]"#), "{text}");
    assert!(text.contains("`title` has the value `Mon` a second time"), "{text}");
    assert!(text.contains(r#"data-title="Tue"><span dir="auto">Tue</span></button>"#), "{text}");

    let (output, text) =
        cargo(&scratch, &["check", "--quiet", "-p", "poll", "--example", "too_many"]);
    assert!(!output.status.success(), "13 options compile");
    assert!(text.contains("`options` holds 13, and `<poll>` takes at most 12"), "{text}");
    assert!(text.contains("an item of `options` has the value `yes` a second time"), "{text}");
    assert!(text.contains("`points` is 5, and must be 3: the points of the options"), "{text}");
}
