//! `wa-sandbox`: the sandbox as a program.

mod args;

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use args::Args;
use wa_sandbox::program::{FILES, calls, serve};

const HELP: &str = "\
A local stand-in of the WhatsApp Cloud API. It sends nothing to anyone.

Usage: wa-sandbox [--port <port>] [--faults <file>] [--ledger <file>]
                  [--listen <address> --password-file <file>]
                  [--token <token>] [--phone-number-id <id>] [--templates <path>]
                  [--forward-to <url> --app-secret-file <file>]

  --port <port>           listen on this port (a free one)
  --listen <address>      listen on this address (127.0.0.1); 0.0.0.0 is all of them. One that
                          other machines reach needs a password
  --password-file <file>  ask for the password in this file before the page and the control, by
                          Basic authentication with any name (the variable WA_SANDBOX_PASSWORD)
  --faults <file>         misbehave, and hold limits, as this TOML file says (never)
  --ledger <file>         write a line of JSON behind this file for each message that is
                          accepted, before it is answered (nowhere)
  --token <token>         take this access token (sandbox-token)
  --phone-number-id <id>  take this phone number id alone (any)
  --templates <path>      know the templates of this file, or of the .json files of this folder,
                          and refuse messages that do not fit them; may be given several times
                          (any template is taken)
  --approve-templates-after <ms>
                          approve what is created so many milliseconds later (on command)
  --forward-to <url>      post webhooks to this address of plain HTTP on this machine (nowhere)
  --app-secret-file <file>
                          sign them with the secret in this file (the variable
                          WA_SANDBOX_APP_SECRET)
  --beyond-loopback       post webhooks to other machines too
  --allow-host <name>     a name of this machine for the page and the control, beside localhost
  --help                  show this text
  --version               show the version

It prints its address, and a line for each request and each webhook with the seconds since
the start.
Ctrl-C and SIGTERM end it when what has begun is finished, after 10 seconds at most. A
second one ends it at once.

Under /_sandbox it is controlled by HTTP: what was received and posted, what customers do,
what goes wrong. The calls are at the end, with bodies of JSON that they take, and GET /_sandbox
lists them too.

";

/// The help, with the calls of the control as the description has them.
fn help() -> String {
    format!("{HELP}{FILES}\n{}", calls())
}

fn main() -> ExitCode {
    match Args::parse(std::env::args_os().skip(1)) {
        Ok(Args::Help) => print(help().trim_end()),
        Ok(Args::Version) => print(concat!("wa-sandbox ", env!("CARGO_PKG_VERSION"))),
        Ok(Args::Serve(arguments)) => {
            if let Err(error) = serve(*arguments) {
                eprintln!("error: {error}");
                return ExitCode::FAILURE;
            }
        }
        Err(error) => {
            eprintln!("error: {error}\n`wa-sandbox --help` shows what it takes");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// Prints a line. When nobody reads any more, that is no reason to stop serving.
fn print(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
