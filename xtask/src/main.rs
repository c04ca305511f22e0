//! The commands of the workspace. `cargo xtask help` lists them.

use std::{
    env, fs,
    path::Path,
    process::{Command, ExitCode},
};

use xtask::{
    browser::{self, Look as At},
    codegen,
    diff::Changes,
    editor,
    error::{Error, Result},
    excerpt::{self, Look},
    face::Face,
    features, fmt, licences,
    packages::{Unpacked, Versions},
    postgres, teeth,
};

const USAGE: &str = "\
usage: cargo xtask <command>

commands:
  codegen           generate the code from openapi/*.yaml, say what changed for users, and write
                    the manual
  codegen --check   fail when the generated code is not what the description says, or the manual is stale
  diff OLD NEW      say what changed for users between two descriptions, or snapshots of their face
  browser           look at the page of the sandbox in Chromium, with its driver; `browser --skip` skips it where
                    they are not there
  browser --pictures
                    write pictures of all kinds and views to target/browser/pictures
  browser --measure
                    print how fast the page is, and what it costs, in a release build
  editor            ask rust-analyzer what it shows inside of wa_message!; build one where there is none
  editor --skip     the same, but skip it where there is none
  features [WITHOUT]..
                    check each crate that users get in each combination of its features, with warnings as
                    errors; without the features that are named
  package           pack the crates that users get, and build them from their packages
  versions [WITHOUT]..
                    check the packages with the minimal and the newest versions of their dependencies
  postgres [--] COMMAND..
                    run a command while a server of PostgreSQL runs, whose URL is in WA_OUTBOX_POSTGRES
  teeth             build faults into the outbox, one at a time, and fail when its tests find one of them not
  licences          fail when a package stands under a licence that is not in .ci/licences
  fmt-messages FILES            lay out the messages in Rust files, as the manual describes
  fmt-messages --check FILES    fail when one of them is laid out in another way
  help              print this

exit codes:
  0   all is well; for `diff`: nothing that changed breaks users
  1   generating failed, or the code is stale; for `diff`: something breaks users
  2   the command is not known; for `diff`: a file cannot be read or is faulty
";

/// `diff` found what breaks users.
const BREAKS: u8 = 1;
/// The command line, or a file that it names, is no good.
const BAD_INPUT: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    // Cargo names the folder at run time too. Clones that share a target folder share this binary, and
    // the folder it was compiled in is that of only one of them.
    let folder =
        env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&folder).join("..");
    match arguments.as_slice() {
        ["codegen"] => finish(write(&root), ExitCode::FAILURE),
        ["codegen", "--check"] => finish(check(&root), ExitCode::FAILURE),
        ["fmt-messages", "--check", files @ ..] if !files.is_empty() => fmt(files, true),
        ["fmt-messages", files @ ..] if !files.is_empty() => fmt(files, false),
        ["diff", old, new] => {
            finish(diff(Path::new(old), Path::new(new)), ExitCode::from(BAD_INPUT))
        }
        ["browser"] => finish(browser(&root, false, At::Tests), ExitCode::FAILURE),
        ["browser", "--skip"] => finish(browser(&root, true, At::Tests), ExitCode::FAILURE),
        ["browser", "--pictures"] => finish(browser(&root, false, At::Pictures), ExitCode::FAILURE),
        ["browser", "--measure"] => finish(browser(&root, false, At::Measures), ExitCode::FAILURE),
        ["editor"] => finish(editor(&root, false), ExitCode::FAILURE),
        ["editor", "--skip"] => finish(editor(&root, true), ExitCode::FAILURE),
        ["features", without @ ..] if names(without) => {
            finish(features(&root, without), ExitCode::FAILURE)
        }
        ["package"] => finish(package(&root), ExitCode::FAILURE),
        ["versions", without @ ..] if names(without) => {
            finish(versions(&root, without), ExitCode::FAILURE)
        }
        ["postgres", "--", command @ ..] | ["postgres", command @ ..] if is_command(command) => {
            finish(postgres::run(command), ExitCode::FAILURE)
        }
        ["teeth"] => finish(teeth(&root), ExitCode::FAILURE),
        ["licences"] => finish(licences(&root), ExitCode::FAILURE),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        unknown => {
            anstream::eprintln!("error: there is no command `{}`\n\n{USAGE}", unknown.join(" "));
            ExitCode::from(BAD_INPUT)
        }
    }
}

fn write(root: &Path) -> Result<ExitCode> {
    let written = codegen::write(root)?;
    if written.files.is_empty() {
        println!("the generated code is up to date");
    } else {
        println!("{}\n\nwrote {}", written.changes, written.files.join(", "));
    }
    manual(root, &[])
}

fn check(root: &Path) -> Result<ExitCode> {
    let drift = codegen::check(root)?;
    if !drift.files.is_empty() {
        println!("{}\n", drift.changes);
    }
    drift.refuse()?;
    println!("the generated code is up to date");
    manual(root, &["--check"])
}

fn teeth(root: &Path) -> Result<ExitCode> {
    for fault in teeth::FAULTS {
        println!("{fault}: found by {}", teeth::bite(root, fault)?);
    }
    Ok(ExitCode::SUCCESS)
}

/// Lays out messages, or says which files are laid out in another way.
fn fmt(files: &[&str], only_check: bool) -> ExitCode {
    let mut outcome = ExitCode::SUCCESS;
    for file in files {
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => {
                anstream::eprintln!("error: {file}: {error}");
                return ExitCode::from(BAD_INPUT);
            }
        };
        let formatted = fmt::format(&text);
        for (line, why) in &formatted.left_alone {
            println!("{file}:{line}: left alone: {why}");
        }
        if formatted.text == text {
            continue;
        }
        if only_check {
            println!("{file}: a message is laid out in another way");
            outcome = ExitCode::FAILURE;
        } else if let Err(error) = fs::write(file, &formatted.text) {
            anstream::eprintln!("error: {file}: {error}");
            return ExitCode::from(BAD_INPUT);
        } else {
            println!("{file}: laid out");
        }
    }
    outcome
}

/// Runs the program that writes the manual. It is compiled with the tables that were just written.
fn manual(root: &Path, arguments: &[&str]) -> Result<ExitCode> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--package", "wa-manual", "--"]).args(arguments);
    let status = command.current_dir(root).status();
    let status = status.map_err(|source| Error::File { path: root.to_owned(), source })?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn diff(old: &Path, new: &Path) -> Result<ExitCode> {
    let (before, after) = (codegen::face(old)?, codegen::face(new)?);
    if !before.subjects().any(|subject| after.subjects().any(|other| other == subject)) {
        let (old, new) = (old.to_owned(), new.to_owned());
        let subject = |face: &Face| face.subjects().next().unwrap_or("nothing");
        let (old_subject, new_subject) = (subject(&before), subject(&after));
        return Err(Error::Unrelated { old, old_subject, new, new_subject });
    }
    let changes = Changes::between(&before, &after);
    println!("{changes}");
    Ok(if changes.breaks() { ExitCode::from(BREAKS) } else { ExitCode::SUCCESS })
}

fn licences(root: &Path) -> Result<ExitCode> {
    let report = licences::check(root)?;
    println!("{report}");
    Ok(if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether these may be a command with its arguments.
fn is_command(words: &[&str]) -> bool {
    words.first().is_some_and(|program| !program.starts_with('-'))
}

/// Whether these may be names of features.
fn names(arguments: &[&str]) -> bool {
    arguments.iter().all(|argument| !argument.starts_with('-'))
}

fn features(root: &Path, without: &[&str]) -> Result<ExitCode> {
    let failed = features::check(root, without)?;
    for failed in &failed {
        println!("failed: {failed}");
    }
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn package(root: &Path) -> Result<ExitCode> {
    Unpacked::new(root)?.build()?;
    Ok(ExitCode::SUCCESS)
}

fn versions(root: &Path, without: &[&str]) -> Result<ExitCode> {
    let unpacked = Unpacked::new(root)?;
    for versions in [Versions::Newest, Versions::Minimal] {
        unpacked.check(root, versions, without)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn browser(root: &Path, may_skip: bool, look: At) -> Result<ExitCode> {
    match browser::find() {
        Some(found) => browser::run(root, &found, look)?,
        None if may_skip => println!("skipped: there is no chromium with chromedriver"),
        None => {
            return Err(Error::Tool {
                tool: "chromedriver",
                message:
                    "there is none, or no chromium; Debian has `chromium` and `chromium-driver`"
                        .to_owned(),
            });
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn editor(root: &Path, may_skip: bool) -> Result<ExitCode> {
    let program = match editor::find(root)? {
        Some(program) => program,
        None if may_skip => {
            println!("skipped: there is no rust-analyzer; `cargo xtask editor` builds one");
            return Ok(ExitCode::SUCCESS);
        }
        None => editor::install(root)?,
    };
    editor::test(root, &program)?;
    Ok(ExitCode::SUCCESS)
}

fn finish(outcome: Result<ExitCode>, failure: ExitCode) -> ExitCode {
    outcome.unwrap_or_else(|error| {
        // Without a terminal, the colours are taken out again.
        anstream::eprint!("{}", excerpt::render(&error, Look::Coloured));
        failure
    })
}
