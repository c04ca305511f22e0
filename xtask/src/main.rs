//! The commands of the workspace: `cargo xtask codegen`.

use std::{env, path::Path, process::ExitCode};

use xtask::{
    codegen,
    excerpt::{self, Look},
};

const USAGE: &str = "\
usage: cargo xtask <command>

commands:
  codegen           generate the code from openapi/messages.yaml
  codegen --check   fail when the generated code is not what the description says
";

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let outcome = match arguments.as_slice() {
        ["codegen"] => codegen::write(&root).map(|written| match written.as_slice() {
            [] => "the generated code is up to date".to_owned(),
            written => format!("wrote {}", written.join(", ")),
        }),
        ["codegen", "--check"] => {
            codegen::check(&root).map(|()| "the generated code is up to date".to_owned())
        }
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(message) => {
            println!("{message}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            // Without a terminal, the colours are taken out again.
            anstream::eprint!("{}", excerpt::render(&error, Look::Coloured));
            ExitCode::FAILURE
        }
    }
}
