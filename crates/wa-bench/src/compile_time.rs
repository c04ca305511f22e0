//! Compiles a crate of many list messages, once with `wa_message!` and once with `json!`, and prints
//! the times and their ratio.
//!
//! `cargo run --release -p wa-bench --bin compile-time [messages] [rounds]`

use std::{
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// A way to write the same messages.
struct Side {
    name: &'static str,
    dependency: String,
    head: &'static str,
    message: fn(usize) -> String,
}

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default: usize| arguments.next().map_or(Ok(default), |text| text.parse());
    let (messages, rounds) = (number(300)?, number(3)?);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let folder = root.join("target/compile-time");
    let sides = [
        Side {
            name: "wa_message!",
            dependency: format!(
                "wa-message = {{ path = '{}', default-features = false }}",
                root.join("crates/wa-message").display()
            ),
            head: "use wa_message::{InvalidMessage, Message, wa_message};\n",
            message: with_macro,
        },
        Side {
            name: "json!",
            dependency: "serde_json = \"1\"".to_owned(),
            head: "use serde_json::{Value, json};\n",
            message: with_json,
        },
    ];
    let mut best = Vec::new();
    for side in &sides {
        let project = generate(&folder, side, messages)?;
        // The first build is of the dependencies too.
        build(&folder, &project)?;
        best.push(Duration::MAX);
    }
    for _ in 0..rounds {
        for (side, best) in sides.iter().zip(&mut best) {
            let project = generate(&folder, side, messages)?;
            *best = build(&folder, &project)?.min(*best);
        }
    }
    println!("{messages} list messages in one crate, release build, best of {rounds}");
    for (side, time) in sides.iter().zip(&best) {
        let ratio = time.as_secs_f64() / best[0].as_secs_f64();
        println!("  {:<12} {:>7.2} s {ratio:>7.2} x", side.name, time.as_secs_f64());
    }
    Ok(())
}

fn generate(folder: &Path, side: &Side, messages: usize) -> Outcome<PathBuf> {
    let name = side.name.trim_end_matches('!').replace('_', "-");
    let project = folder.join(&name);
    fs::create_dir_all(project.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"compile-time-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{}\n\n[workspace]\n",
        side.dependency
    );
    fs::write(project.join("Cargo.toml"), manifest)?;
    let mut code = side.head.to_owned();
    for index in 0..messages {
        writeln!(code, "{}", (side.message)(index))?;
    }
    // Writing the file makes it new, so that the crate and nothing else is built again.
    fs::write(project.join("src/lib.rs"), code)?;
    Ok(project)
}

fn build(folder: &Path, project: &Path) -> Outcome<Duration> {
    let start = Instant::now();
    let status = Command::new("cargo")
        .args(["build", "--release", "--quiet"])
        .current_dir(project)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .status()?;
    if !status.success() {
        return Err(format!("{} does not compile", project.display()).into());
    }
    Ok(start.elapsed())
}

fn with_macro(index: usize) -> String {
    format!(
        r#"pub fn message_{index}(to: &str, title: &str) -> Result<Message, InvalidMessage> {{
    wa_message! {{ <list>
        to: to,
        header: "Menu {index}",
        body: "Pick a dish",
        button: "See dishes",
        sections: [
            {{ title: "Mains", rows: [
                {{ id: "m1-{index}", title: "Feijoada", description: "With rice" }},
                {{ id: "m2-{index}", title: title, description: "What the market had" }},
            ] }},
            {{ title: "Sweets", rows: [
                {{ id: "s1-{index}", title: "Pudim" }},
                {{ id: "s2-{index}", title: "Quindim", description: "With coconut" }},
            ] }},
        ],
    }}
}}"#
    )
}

fn with_json(index: usize) -> String {
    format!(
        r#"pub fn message_{index}(to: &str, title: &str) -> Value {{
    json!({{
        "messaging_product": "whatsapp",
        "to": to,
        "type": "interactive",
        "interactive": {{
            "type": "list",
            "header": {{ "type": "text", "text": "Menu {index}" }},
            "body": {{ "text": "Pick a dish" }},
            "action": {{
                "button": "See dishes",
                "sections": [
                    {{ "title": "Mains", "rows": [
                        {{ "id": "m1-{index}", "title": "Feijoada", "description": "With rice" }},
                        {{ "id": "m2-{index}", "title": title, "description": "What the market had" }},
                    ] }},
                    {{ "title": "Sweets", "rows": [
                        {{ "id": "s1-{index}", "title": "Pudim" }},
                        {{ "id": "s2-{index}", "title": "Quindim", "description": "With coconut" }},
                    ] }},
                ],
            }},
        }},
    }})
}}"#
    )
}
