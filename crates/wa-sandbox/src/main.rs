//! `wa-sandbox`: the sandbox as a program.

mod args;

use std::{
    future,
    io::{self, Write as _},
    process::ExitCode,
};

use args::Args;
use wa_sandbox::Sandbox;

const HELP: &str = "\
A local stand-in of the WhatsApp Cloud API. It sends nothing to anyone.

Usage: wa-sandbox [--port <port>] [--token <token>] [--phone-number-id <id>]

  --port <port>           listen on this port of 127.0.0.1 (a free one)
  --token <token>         take this access token (sandbox-token)
  --phone-number-id <id>  take this phone number id alone (any)
  --help                  show this text
  --version               show the version

It prints its address, and a line for each request. Ctrl-C ends it.
";

fn main() -> ExitCode {
    match Args::parse(std::env::args_os().skip(1)) {
        Ok(Args::Help) => print(HELP.trim_end()),
        Ok(Args::Version) => print(concat!("wa-sandbox ", env!("CARGO_PKG_VERSION"))),
        Ok(Args::Serve { port, token, phone_number_id }) => {
            if let Err(error) = serve(port, token, phone_number_id) {
                eprintln!("error: {error}");
                return ExitCode::FAILURE;
            }
        }
        Err(error) => {
            eprintln!("error: {error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn serve(
    port: u16,
    token: Option<String>,
    phone_number_id: Option<String>,
) -> Result<(), io::Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let own_token = token.is_some();
        let mut builder = Sandbox::builder().port(port).log(print);
        if let Some(token) = token {
            builder = builder.token(token);
        }
        if let Some(id) = phone_number_id {
            builder = builder.phone_number_id(id);
        }
        let sandbox = builder.start().await.map_err(|error| {
            io::Error::new(error.kind(), format!("cannot listen on port {port}: {error}"))
        })?;
        print(&format!("listening on {}", sandbox.base_url()));
        // A token of your own may be a secret, and you know it.
        if !own_token {
            print(&format!("the access token is {}", sandbox.token()));
        }
        future::pending().await
    })
}

/// Prints a line. When nobody reads any more, that is no reason to stop serving.
fn print(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
