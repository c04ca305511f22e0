//! The command `trigger`: a signed webhook, without a sandbox.

use std::path::PathBuf;

use serde_json::json;
use wa_sandbox::program::Trigger;

use crate::{
    api,
    config::{Setting, Settings},
    error::{Error, Exit},
    post::Poster,
    terminal,
};

/// Post a signed webhook to a server of yours, as if a customer or the API had done something
///
/// The kinds are named by the message that the customer answers or writes. It is signed with the setting `app_secret`, as
/// the API signs.
#[derive(Debug, clap::Args)]
#[command(after_help = kinds())]
pub(crate) struct Args {
    /// What happens
    #[arg(value_name = "KIND")]
    kind: String,
    /// The address of the server. Without it, the webhook is printed
    #[arg(long, value_name = "URL")]
    to: Option<String>,
    /// The customer: a phone number, or a business-scoped user id
    #[arg(long, value_name = "NUMBER", default_value = "+15550100")]
    from: String,
    /// The message that is answered, or that has the status. Defaults to a fresh id
    #[arg(long, value_name = "WAMID")]
    about: Option<String>,
    /// The callback data of the message that has the status
    #[arg(long, value_name = "DATA")]
    callback_data: Option<String>,
    /// Set a part of what the customer does, such as body=Hello or title=Yes; may be given several times
    #[arg(long, value_name = "PART=VALUE", value_parser = part)]
    set: Vec<(String, String)>,
    /// A file with the secret of the app, in place of `WHATSAPP_APP_SECRET` and the settings
    #[arg(long, value_name = "FILE")]
    app_secret_file: Option<PathBuf>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

fn kinds() -> String {
    let kinds = Trigger::kinds().join(", ");
    format!(
        "Kinds: {kinds}\n\n\
         Exit codes: 0 taken, 1 another answer than 200, 2 wrong arguments, 3 no connection, \
         4 no answer, 78 no secret"
    )
}

fn part(text: &str) -> Result<(String, String), String> {
    let (part, value) = text.split_once('=').ok_or("write PART=VALUE")?;
    Ok((part.to_owned(), value.to_owned()))
}

pub(crate) fn run(args: &Args, settings: &Settings) -> Result<Exit, Error> {
    let mut trigger = Trigger::new(&args.kind).from(&args.from);
    if let Some(number) = settings.get(Setting::PHONE_NUMBER_ID, None) {
        trigger = trigger.phone_number_id(number.value);
    }
    if let Some(account) = settings.get(Setting::WABA_ID, None) {
        trigger = trigger.account(account.value);
    }
    if let Some(about) = &args.about {
        trigger = trigger.about(about);
    }
    if let Some(data) = &args.callback_data {
        trigger = trigger.data(data);
    }
    for (part, value) in &args.set {
        trigger = trigger.with(part, value);
    }
    let body = trigger.body().map_err(|error| Error::usage(error.to_string()))?;
    let Some(url) = &args.to else {
        terminal::print(&format!("{body}\n"))?;
        return Ok(Exit::Done);
    };
    let poster = Poster::new(settings, args.app_secret_file.as_deref(), url)?;
    let answered = api::block_on(poster.post(body.as_bytes()))?;
    let milliseconds = answered.took.as_millis();
    let line = if args.json {
        let milliseconds = u64::try_from(milliseconds).unwrap_or(u64::MAX);
        json!({ "kind": args.kind, "status": answered.status, "milliseconds": milliseconds })
            .to_string()
    } else {
        format!("{}: {} after {milliseconds} ms", args.kind, answered.status)
    };
    terminal::print(&format!("{line}\n"))?;
    if answered.is_taken() {
        return Ok(Exit::Done);
    }
    terminal::say("The API would post it again, for days, until the answer is 200.");
    Ok(Exit::Refused)
}
