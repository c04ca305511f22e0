//! The command `check`: everything that is wrong with request bodies in files.

mod files;
mod suppress;

use std::{
    fs,
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::{
    api,
    check::{Baseline, Checked, Checker, Level},
    config::Settings,
    error::{Error, Exit, named},
    input,
    report::{self, Format},
    terminal,
};

use files::{Given, Trouble};
use suppress::Suppressions;

/// Check request bodies in files, without sending anything
///
/// Reads .json, .jsonl, .http and Postman collections, and the blocks of JSON in Markdown, and in folders templates of JSON
/// too, such as order.json.j2. A body counts as ours when it has `"messaging_product": "whatsapp"`.
///
/// Of a body that a template makes, what is written is checked. Places such as {{name}} and ${name} are values that nobody
/// knows yet. Where tags such as {% if %}, {{#each}}, {{range}} and <% if %> stand in an object or an array, nothing is
/// said to be missing, and nothing is counted. Other forms, such as {0} and %s, are not known, and are taken as they stand.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  wa check .
  wa check --deny warnings messages/ README.md
  wa check order.json.j2

Exit codes: 0 nothing wrong, 1 violations, 2 wrong arguments, settings or files")]
pub(crate) struct Args {
    /// Files and folders, or `-` for what is piped in
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value = "full")]
    format: Format,
    /// Take every JSON value for a body, whatever it says of itself
    #[arg(long)]
    all: bool,
    /// Fail for advice too
    #[arg(long, value_name = "warnings")]
    deny: Option<Denied>,
    /// Do not ask this rule; may be given several times
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
    /// Definitions of templates: a file, or a folder of them
    #[arg(long, value_name = "PATH")]
    templates: Option<PathBuf>,
    /// Leave out what this file lists
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what is found into that file, and show nothing
    #[arg(long, requires = "baseline")]
    write_baseline: bool,
    /// The name of what is piped in, by which its form is known
    #[arg(long, value_name = "NAME", default_value = "-.json", hide_default_value = true)]
    stdin_filename: PathBuf,
    /// End with 0 whatever is found
    #[arg(long)]
    exit_zero: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Denied {
    /// Advice
    Warnings,
}

pub(crate) fn run(args: &Args, settings: &Settings) -> Result<Exit, Error> {
    let templates = api::definitions(settings, args.templates.as_deref())?;
    let suppressions = Suppressions::new(settings, &args.allow)?;
    let checker = Checker { templates, all: args.all };
    let given = Given { paths: &args.paths, stdin_filename: &args.stdin_filename };
    let (files, mut troubles) = given.find(settings)?;
    let (mut all, bodies) = check_all(&checker, &files, &suppressions, &mut troubles);
    if let Some(path) = args.baseline.as_deref().filter(|_| args.write_baseline) {
        let text = Baseline::of(&all, path).to_text();
        fs::write(path, text).map_err(|error| Error::file("write", path, error))?;
        print(&troubles);
        return Ok(exit_of(&troubles, false));
    }
    if let Some(path) = &args.baseline {
        baseline(path)?.remove_from(&mut all, path);
    }
    let mut out = BufWriter::new(anstream::AutoStream::auto(io::stdout()).into_inner());
    let written = args.format.write(&all, &mut out, terminal::has_color());
    // A reader who has seen enough, such as `head`, does not put right what is wrong.
    if let Err(error) = written.and_then(|()| out.flush())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        return Err(error.into());
    }
    print(&troubles);
    if args.format.is_for_people() {
        terminal::say(&report::summary(&all, bodies, troubles.len()));
        if bodies == 0 && all.is_empty() && troubles.is_empty() {
            terminal::hint(
                "a body has `\"messaging_product\": \"whatsapp\"`; `--all` takes every JSON value for one",
            );
        }
    }
    let fails = |level: Level| level == Level::Error || args.deny.is_some();
    let has_failed = all.iter().flat_map(|file| &file.findings).any(|found| fails(found.level));
    Ok(exit_of(&troubles, has_failed && !args.exit_zero))
}

fn print(troubles: &[Trouble]) {
    troubles.iter().for_each(Trouble::print);
}

fn exit_of(troubles: &[Trouble], has_failed: bool) -> Exit {
    match (troubles.is_empty(), has_failed) {
        (false, _) => Exit::Usage,
        (true, true) => Exit::Refused,
        (true, false) => Exit::Done,
    }
}

/// How large a baseline may be, in bytes.
const BASELINE_AT_MOST: u64 = 256 * 1024 * 1024;

fn baseline(path: &Path) -> Result<Baseline, Error> {
    let text = input::text(path, BASELINE_AT_MOST).map_err(|error| {
        let is_missing = error.kind() == io::ErrorKind::NotFound;
        let unread = Error::file("read", path, error);
        if is_missing { unread.hint("`--write-baseline` makes it") } else { unread }
    })?;
    Baseline::parse(&text).map_err(|error| Error::usage(format!("`{}` {error}", named(path))))
}

/// Checks files on all processors, and keeps those that something was found in, in their order.
fn check_all(
    checker: &Checker,
    files: &[files::File],
    suppressions: &Suppressions,
    troubles: &mut Vec<Trouble>,
) -> (Vec<Checked>, usize) {
    let next = AtomicUsize::new(0);
    let bodies = AtomicUsize::new(0);
    let found = Mutex::new((Vec::new(), Vec::new()));
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(at) else { return };
            match file.read() {
                Ok(text) => {
                    let mut checked =
                        checker.check(file.path.clone(), file.name.clone(), text, file.form);
                    bodies.fetch_add(checked.bodies, Ordering::Relaxed);
                    suppressions.apply(&file.path, &mut checked);
                    if !checked.findings.is_empty() {
                        lock(&found).0.push((at, checked));
                    }
                }
                Err(trouble) => lock(&found).1.push((at, trouble)),
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(files.len().max(1));
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let (mut all, mut unread) =
        found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    all.sort_by_key(|(at, _)| *at);
    unread.sort_by_key(|(at, _)| *at);
    troubles.extend(unread.into_iter().map(|(_, trouble)| trouble));
    (all.into_iter().map(|(_, checked)| checked).collect(), bodies.into_inner())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
