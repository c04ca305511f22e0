//! The command `media`: files of messages, up to the API and down from it.

use std::path::{Path, PathBuf};

use serde_json::json;
use wa_message::client::media::{Media, Progress as Bytes};
use wa_message_spec::media::{FileKind, KINDS};

use crate::{
    api::{self, Access},
    config::Settings,
    error::{Error, Exit, named},
    outcome,
    progress::Progress,
    signals, terminal,
};

/// Upload, fetch and delete the files of messages
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Upload(Upload),
    Get(Get),
    Delete(Delete),
}

/// Upload a file after its size and type have been checked, and print its id
#[derive(Debug, clap::Args)]
struct Upload {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The kind of message that it is for. Defaults to what its name says
    #[arg(long, value_name = "KIND", value_parser = clap::builder::PossibleValuesParser::new(KINDS.iter().map(|kind| kind.name)))]
    kind: Option<String>,
    /// Its type, such as text/csv. Defaults to what name and content say
    #[arg(long, value_name = "TYPE")]
    mime_type: Option<String>,
    /// Check it, and send nothing
    #[arg(long)]
    dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    access: Access,
}

/// Download a file by its id
///
/// It is checked against the hash that the API says.
#[derive(Debug, clap::Args)]
struct Get {
    /// The id, as it stands in a message
    #[arg(value_name = "ID")]
    id: String,
    /// Where to. Defaults to the id and the ending of its type, in this folder
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only say of which type and how large it is
    #[arg(long, conflicts_with = "output")]
    info: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    access: Access,
}

/// Delete a file by its id
#[derive(Debug, clap::Args)]
struct Delete {
    /// The id
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    access: Access,
}

pub(crate) fn run(args: &Args, settings: &Settings) -> Result<Exit, Error> {
    match &args.command {
        Command::Upload(args) => upload(args, settings),
        Command::Get(args) => get(args, settings),
        Command::Delete(args) => {
            let client = args.access.client(settings)?;
            api::block_on(async {
                client
                    .media()
                    .delete(&args.id)
                    .await
                    .map_err(|error| outcome::told("the request", error))
            })?;
            terminal::say(&format!("Deleted {}.", outcome::one_line(&args.id)));
            Ok(Exit::Done)
        }
    }
}

fn upload(args: &Upload, settings: &Settings) -> Result<Exit, Error> {
    let kind = args.kind.as_deref().or_else(|| kind_of(&args.file)).ok_or_else(|| {
        Error::usage(format!("the name of `{}` does not say what it is", named(&args.file)))
            .hint("`--kind` says for which kind of message it is")
    })?;
    let media = Media::by_kind(kind, args.file.as_path());
    let mut media = media.ok_or_else(|| Error::usage(format!("no kind is named `{kind}`")))?;
    if let Some(mime_type) = &args.mime_type {
        media = media.typed(mime_type);
    }
    let failed = |error| outcome::told("the file", error);
    if args.dry_run {
        let checked = api::block_on(async { media.check().await.map_err(failed) })?;
        let (size, mime_type) = (checked.size(), checked.mime_type());
        terminal::print(&format!("{kind}, {mime_type}, {size} bytes\n"))?;
        checked.advice().iter().for_each(|advice| warn(advice));
        return Ok(Exit::Done);
    }
    let client = args.access.client(settings)?;
    let uploaded = api::block_on(async {
        let progress = Progress::of_bytes();
        let watch = progress.clone();
        let upload = client.media().upload(media);
        let uploaded =
            upload.on_progress(move |bytes: Bytes| watch.set(bytes.done, bytes.total)).await;
        progress.finish();
        uploaded.map_err(failed)
    })?;
    uploaded.advice().iter().for_each(|advice| warn(advice));
    let id = outcome::one_line(uploaded.id());
    let out = if args.json { json!({ "id": id, "kind": kind }).to_string() } else { id };
    terminal::print(&format!("{out}\n"))?;
    Ok(Exit::Done)
}

fn warn(advice: &str) {
    terminal::warn(advice);
}

/// The kind whose files have such names, or else the one that takes others too.
fn kind_of(path: &Path) -> Option<&'static str> {
    let ending = path.extension()?.to_str()?;
    let named = |kind: &&FileKind| kind.by_extension(ending).is_some();
    let kind =
        KINDS.iter().find(named).or_else(|| KINDS.iter().find(|kind| kind.other_types.is_some()));
    kind.map(|kind| kind.name)
}

fn get(args: &Get, settings: &Settings) -> Result<Exit, Error> {
    let client = args.access.client(settings)?;
    let failed = |error| outcome::told("the request", error);
    api::block_on(async {
        let info = client.media().look_up(&args.id).await.map_err(failed)?;
        let mime_type = info.mime_type().map(outcome::one_line);
        let mut line = json!({ "id": args.id, "mime_type": mime_type, "size": info.size(), "sha256": info.sha256() });
        let size = info
            .size()
            .map_or_else(|| "of an unknown size".to_owned(), |size| format!("{size} bytes"));
        let mime_type = mime_type.unwrap_or_else(|| "of an unknown type".to_owned());
        if args.info {
            let out = if args.json { line.to_string() } else { format!("{mime_type}, {size}") };
            terminal::print(&format!("{out}\n"))?;
            return Ok(Exit::Done);
        }
        let path = match &args.output {
            Some(path) => path.clone(),
            None => free_name(&args.id, &mime_type)?,
        };
        let progress = Progress::of_bytes();
        let watch = progress.clone();
        let stop = signals::Stop::listen()?;
        let download = client.media().download(&info);
        let download = download.on_progress(move |bytes: Bytes| watch.set(bytes.done, bytes.total));
        // Whoever is let go of, and not killed, takes the part away that has come.
        let saved = tokio::select! {
            saved = download.save(&path) => Some(saved),
            () = stop.asked() => None,
        };
        progress.finish();
        let Some(saved) = saved else {
            return Err(Error::usage("the download was ended, and nothing of it is kept")
                .with_exit(Exit::Interrupted));
        };
        let saved = saved.map_err(failed)?;
        line["file"] = path.display().to_string().into();
        line["size"] = saved.size().into();
        let out = if args.json { line.to_string() } else { path.display().to_string() };
        terminal::print(&format!("{out}\n"))?;
        Ok(Exit::Done)
    })
}

/// A name that nothing in this folder has.
fn free_name(id: &str, mime_type: &str) -> Result<PathBuf, Error> {
    let types = KINDS.iter().find_map(|kind| kind.file_type(mime_type));
    let ending = types.and_then(|file| file.extensions.first()).map(|ending| format!(".{ending}"));
    // An id from outside is no path.
    let stem: String = id.chars().filter(char::is_ascii_alphanumeric).take(100).collect();
    let path = PathBuf::from(format!("{stem}{}", ending.unwrap_or_default()));
    if stem.is_empty() || path.exists() {
        return Err(Error::usage(format!("there is a file `{}` already", named(&path)))
            .hint("`--output` names another one"));
    }
    Ok(path)
}
