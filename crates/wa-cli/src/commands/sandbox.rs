//! The command `sandbox`: the program `wa-sandbox` under another name.

use std::{ffi::OsStr, net::IpAddr, path::PathBuf};

use wa_sandbox::program::{self, Serve};

use crate::{
    browser,
    error::{Error, Exit},
};

/// Run a local stand-in of the API, which sends nothing to anyone
///
/// It prints its address, and a line for each request and each webhook. Ctrl-C ends it when what has begun is finished,
/// and a second one at once. Under /_sandbox it is controlled by HTTP.
#[derive(Debug, clap::Args)]
#[command(after_long_help = details())]
pub(crate) struct Args {
    /// Listen on this port. Defaults to a free one
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Listen on this address. Defaults to 127.0.0.1; 0.0.0.0 is all of them. One that other machines reach needs a password
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<IpAddr>,
    /// Ask for the password in this file before the page and the control, by Basic authentication with any name. Defaults
    /// to the variable `WA_SANDBOX_PASSWORD`
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Misbehave, and hold limits, as this TOML file says
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// Write a line of JSON behind this file for each message that is accepted, before it is answered
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Take this access token, which is none of the API. Defaults to sandbox-token
    #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    token: Option<String>,
    /// Take this phone number id alone. Defaults to any
    #[arg(long, value_name = "ID")]
    phone_number_id: Option<String>,
    /// Know the templates of this file or folder, and refuse messages that do not fit them; may be given several times
    #[arg(long, value_name = "PATH")]
    templates: Vec<PathBuf>,
    /// Approve templates that are created so many milliseconds later. Defaults to on command
    #[arg(long, value_name = "MS")]
    approve_templates_after: Option<u64>,
    /// Post webhooks to this address of plain HTTP on this machine
    #[arg(long, value_name = "URL")]
    forward_to: Option<String>,
    /// Sign them with the secret in this file. Defaults to the variable `WA_SANDBOX_APP_SECRET`
    #[arg(long, value_name = "FILE")]
    app_secret_file: Option<PathBuf>,
    /// Open its page in the browser: a phone that shows what customers see, and acts as they do
    #[arg(long)]
    open: bool,
    /// Post webhooks to other machines too
    #[arg(long)]
    beyond_loopback: bool,
    /// A name of this machine for the page and the control, beside localhost; may be given several times
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
}

fn details() -> String {
    format!("{}\n{}", program::FILES, program::calls()).trim_end().to_owned()
}

pub(crate) fn run(args: Args) -> Result<Exit, Error> {
    let mut serve = Serve::default();
    serve.port = args.port;
    serve.listen = args.listen;
    serve.password = args.password_file;
    serve.faults = args.faults;
    serve.ledger = args.ledger;
    serve.token = args.token;
    serve.phone_number_id = args.phone_number_id;
    serve.templates = args.templates;
    serve.approve_after = args.approve_templates_after;
    serve.forward_to = args.forward_to;
    serve.app_secret = args.app_secret_file;
    serve.beyond_loopback = args.beyond_loopback;
    serve.hosts = args.allow_host;
    let open = |page: &str| {
        // It runs all the same, and its address is printed.
        if args.open
            && let Err(error) = browser::open(OsStr::new(page))
        {
            error.print();
        }
    };
    program::serve_and(serve, open)
        .map_err(|error| Error::usage("the sandbox cannot be run").because(error))?;
    Ok(Exit::Done)
}
