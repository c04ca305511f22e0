//! The command `templates`: definitions in the account, and in the folder that messages are checked against.

mod files;

use std::path::PathBuf;

use serde_json::json;
use wa_message::{
    Templates,
    client::templates::{Pulled, TemplatesClient},
    templates::{ChangeClass, Diff, diff},
};

use crate::{
    api::{self, Access},
    config::{Setting, Settings},
    error::{Error, Exit},
    outcome,
    progress::Progress,
    terminal,
};

/// List, fetch, check and compare the definitions of templates
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List(List),
    Pull(Pull),
    Check(Check),
    Diff(Compare),
}

/// List the templates of the account
#[derive(Debug, clap::Args)]
struct List {
    /// Only those whose names contain this
    #[arg(long, value_name = "PART")]
    name: Option<String>,
    /// Only those in this state, such as APPROVED; may be given several times
    #[arg(long, value_name = "STATE")]
    status: Vec<String>,
    /// Only those in this language, such as `en_US`; may be given several times
    #[arg(long, value_name = "CODE")]
    language: Vec<String>,
    /// Print an object of JSON for each, each on a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    account: Account,
}

/// Write the definitions of the account into files, and say what has changed
///
/// `wa_message!` and `wa check` hold messages of templates against them. A file that is the same is not touched, and
/// none is deleted.
#[derive(Debug, clap::Args)]
struct Pull {
    /// The folder. Defaults to the setting `templates`, or whatsapp-templates
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Print what has changed as JSON, each change on a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    account: Account,
}

/// Check the definitions in files, and with --live whether those of the account are still the same
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 nothing wrong, 1 faults, or messages that fit the files no longer fit the account, \
                        2 wrong arguments, settings or files, 78 no credentials for --live"
)]
struct Check {
    /// A file, or a folder. Defaults to the setting `templates`, or whatsapp-templates
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    /// Ask the account too
    #[arg(long)]
    live: bool,
    /// Print an object of JSON for each finding, each on a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    account: Account,
}

/// Say how the account differs from the files, or one file from another
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 messages that fit still fit, 1 some do not, 2 wrong arguments, settings or files, \
                        3 not asked, 78 no credentials"
)]
struct Compare {
    /// The file or folder before. Defaults to the setting `templates`, or whatsapp-templates
    #[arg(value_name = "BEFORE")]
    before: Option<PathBuf>,
    /// The file or folder now. Defaults to the account
    #[arg(value_name = "NOW")]
    now: Option<PathBuf>,
    /// Print each change as JSON, each on a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    account: Account,
}

/// Arguments that say which account it is
#[derive(Debug, clap::Args)]
struct Account {
    /// The id of the WhatsApp Business account
    #[arg(long, value_name = "ID")]
    waba_id: Option<String>,
    #[command(flatten)]
    access: Access,
}

impl Account {
    /// Asks the account something.
    fn ask<T>(
        &self,
        settings: &Settings,
        question: impl AsyncFnOnce(TemplatesClient<'_>) -> Result<T, wa_message::Error>,
    ) -> Result<T, Error> {
        let account =
            api::needed(settings, Setting::WABA_ID, "--waba-id", self.waba_id.as_deref())?;
        let client = self.access.client_of_account(settings, &account)?;
        api::block_on(async {
            let asked = question(client.templates(&account)).await;
            asked.map_err(|error| outcome::told("the request", error))
        })
    }

    fn pull(&self, settings: &Settings) -> Result<Pulled, Error> {
        let progress = Progress::open();
        let pulled = self.ask(settings, async |templates| {
            let told = progress.clone();
            let pulled = templates
                .pull_watched(move |count, total| {
                    let total = total.map(|total| format!(" of {total}")).unwrap_or_default();
                    told.says(format!("{count}{total} definitions"));
                })
                .await;
            progress.finish();
            pulled
        })?;
        if let Some(total) = pulled.total().filter(|total| *total != pulled.templates().len()) {
            terminal::say(&format!(
                "The account counts {total} definitions, and {} came: some were changed meanwhile.",
                pulled.templates().len()
            ));
        }
        Ok(pulled)
    }
}

pub(crate) fn run(args: &Args, settings: &Settings) -> Result<Exit, Error> {
    match &args.command {
        Command::List(args) => list(args, settings),
        Command::Pull(args) => pull(args, settings),
        Command::Check(args) => check(args, settings),
        Command::Diff(args) => compare(args, settings),
    }
}

fn list(args: &List, settings: &Settings) -> Result<Exit, Error> {
    let progress = Progress::open();
    let all = args.account.ask(settings, async |templates| {
        let fields = ["name", "language", "status", "category", "quality_score", "rejected_reason"];
        let mut list = templates.list().with_fields(fields);
        if let Some(part) = &args.name {
            list = list.with_name_part(part);
        }
        if !args.status.is_empty() {
            list = list.with_status(&args.status);
        }
        if !args.language.is_empty() {
            list = list.with_language(&args.language);
        }
        let mut all = Vec::new();
        while let Some(template) = list.next().await {
            all.push(template?);
            progress.says(format!("{} templates", all.len()));
        }
        Ok(all)
    });
    progress.finish();
    let shown = |text: Option<String>| text.map(|text| outcome::one_line(&text));
    let rows = all?.into_iter().map(|template| {
        let quality = template.quality_score.and_then(|quality| quality.score);
        [
            shown(template.name),
            shown(template.language),
            shown(template.status.map(|status| status.as_str().to_owned())),
            shown(template.category.map(|category| category.as_str().to_owned())),
            shown(quality.map(|quality| quality.as_str().to_owned())),
            shown(template.id),
        ]
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort();
    let out = if args.json {
        let line = |[name, language, status, category, quality, id]: [Option<String>; 6]| {
            let line = json!({
                "name": name, "language": language, "status": status, "category": category,
                "quality": quality, "id": id,
            });
            format!("{line}\n")
        };
        rows.into_iter().map(line).collect()
    } else {
        let cells = |row: [Option<String>; 6]| {
            row.map(|cell| cell.unwrap_or_else(|| "-".to_owned())).to_vec()
        };
        let rows: Vec<_> = rows.into_iter().map(cells).collect();
        terminal::table(&["NAME", "LANGUAGE", "STATUS", "CATEGORY", "QUALITY", "ID"], &rows)
    };
    terminal::print(&out)?;
    Ok(Exit::Done)
}

fn pull(args: &Pull, settings: &Settings) -> Result<Exit, Error> {
    let folder = files::place(settings, args.folder.as_deref())?;
    let before = files::load_or_none(&folder)?;
    let pulled = args.account.pull(settings)?;
    if pulled.templates().is_empty() && before.is_empty() {
        terminal::say("The account has no templates.");
        return Ok(Exit::Done);
    }
    let changes = diff(&before, pulled.templates());
    let cannot = |error: wa_message::client::templates::TemplateError| {
        Error::usage("the definitions cannot be written").because(error)
    };
    if folder.extension().is_some_and(|ending| ending == "json") {
        let text = wa_message::templates::normal::page(pulled.templates());
        files::replace(&folder, &text)?;
        terminal::say(&format!("{} in {}.", definitions(pulled.templates()), folder.display()));
    } else {
        let written = pulled.write(&folder).map_err(cannot)?;
        terminal::say(&format!(
            "{} in {}: {} new or changed, {} as before.",
            definitions(pulled.templates()),
            folder.display(),
            outcome::count(written.changed.len(), "file"),
            outcome::count(written.unchanged.len(), "file"),
        ));
        for other in &written.others {
            terminal::say(&format!("The account does not have what is in {}.", other.display()));
        }
    }
    terminal::print(&told(&changes, args.json))?;
    Ok(Exit::Done)
}

fn check(args: &Check, settings: &Settings) -> Result<Exit, Error> {
    let path = files::place(settings, args.path.as_deref())?;
    // Before anything is said: what cannot be asked must not look as if it were right.
    let live = args.live.then(|| args.account.pull(settings)).transpose()?;
    let templates = files::load(&path)?;
    let mut out = String::new();
    for fault in templates.faults() {
        let line = if args.json {
            json!({ "fault": fault.to_string() }).to_string()
        } else {
            fault.to_string()
        };
        out.push_str(&line);
        out.push('\n');
    }
    let mut is_wrong = !out.is_empty();
    if let Some(pulled) = live {
        let changes = diff(&templates, pulled.templates());
        is_wrong |= changes.breaks_messages();
        out.push_str(&told(&changes, args.json));
    }
    terminal::print(&out)?;
    if out.is_empty() {
        terminal::say(&format!("{}, nothing wrong.", definitions(&templates)));
    }
    Ok(if is_wrong { Exit::Refused } else { Exit::Done })
}

fn compare(args: &Compare, settings: &Settings) -> Result<Exit, Error> {
    let before = match &args.before {
        // A slip in its name must not look as if all were new.
        Some(path) => files::load(path)?,
        None => files::load_or_none(&files::place(settings, None)?)?,
    };
    let now: Templates = match &args.now {
        Some(path) => files::load(path)?,
        None => args.account.pull(settings)?.templates().clone(),
    };
    let changes = diff(&before, &now);
    terminal::print(&told(&changes, args.json))?;
    if changes.is_empty() {
        terminal::say("Nothing has changed.");
    } else {
        terminal::say(&changes.summary());
    }
    Ok(if changes.breaks_messages() { Exit::Refused } else { Exit::Done })
}

fn definitions(templates: &Templates) -> String {
    outcome::count(templates.len(), "definition")
}

/// The changes, each on a line.
fn told(changes: &Diff, json: bool) -> String {
    let lines = changes.changes().iter().map(|change| {
        if !json {
            return format!("{change}\n");
        }
        let line = json!({
            "template": change.template(),
            "language": change.in_language(),
            "breaks_messages": change.class() == ChangeClass::Shape,
            "says": change.to_string(),
        });
        format!("{line}\n")
    });
    lines.collect()
}
