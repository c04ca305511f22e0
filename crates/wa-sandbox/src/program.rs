//! The program `wa-sandbox`, for programs that have it as one of their commands.

mod signals;
mod trigger;

use std::{
    fs,
    io::{self, Write as _},
    net::IpAddr,
    path::{Path, PathBuf},
    pin::pin,
    task::Poll,
    time::{Duration, Instant},
};

use tokio::time;

pub use self::{
    signals::Signals,
    trigger::{Trigger, TriggerError},
};
use crate::{Sandbox, SandboxBuilder, Setup, Webhooks, generated::control::CALLS};

/// How to serve. By itself it is a sandbox on a free port.
#[derive(Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Serve {
    /// The address to listen on, in place of 127.0.0.1.
    pub listen: Option<IpAddr>,
    /// The port. 0 is a free one.
    pub port: u16,
    /// A file with the password of the page and of the control, in place of the variable `WA_SANDBOX_PASSWORD`.
    pub password: Option<PathBuf>,
    /// The access token that is taken, in place of the usual one.
    pub token: Option<String>,
    /// The only phone number id that is taken.
    pub phone_number_id: Option<String>,
    /// A file of faults and limits.
    pub faults: Option<PathBuf>,
    /// The file behind which the ledger is written.
    pub ledger: Option<PathBuf>,
    /// The address that webhooks are posted to.
    pub forward_to: Option<String>,
    /// A file with the secret that signs them, in place of the variable `WA_SANDBOX_APP_SECRET`.
    pub app_secret: Option<PathBuf>,
    /// Whether they are posted to other machines too.
    pub beyond_loopback: bool,
    /// Names of this machine for the control, beside localhost.
    pub hosts: Vec<String>,
    /// Files and folders of definitions of templates.
    pub templates: Vec<PathBuf>,
    /// The milliseconds after which what is created is approved.
    pub approve_after: Option<u64>,
}

/// The part of the help that shows how a file of faults is written, and says what follows: the [calls].
pub const FILES: &str = "\
A file of faults. Each part is optional:

  seed = 7                                  # chance repeats itself for the same seed
  [[script]]                                # the first requests, in order
  times = 2                                 # 1, if it is left out
  fault = { code = 131016 }                 # without a fault, they go well
  [[rate]]                                  # then chance
  share = 0.01                              # one in a hundred
  fault = { reset = { accepted = true } }
  [[webhook_rate]]                          # webhooks; `webhook_script` is for the first ones
  share = 0.1
  fault = { repeat = 2 }
  [limits]
  messages_per_second = 80                  # else code 130429
  pair_rate = { seconds = 6, burst = 45 }   # to each recipient, else 131056
  customer_service_window = true            # templates alone, else 131047
  recipients = [\"+15550100\"]                # nobody else, or 131030
  template_rates = true                     # 100 creations an hour, an edit a day, else 80008

The faults. With `accepted = true` for `false`, the message is taken all the same:

  { code = 131016 }                                    an error answer with this code
  { gateway = { status = 502, accepted = false } }     an error without JSON
  { answer = { status = 200, body = \"{}\" } }           this answer; takes `accepted` too
  { stall = { accepted = false } }                     no answer
  { reset = { accepted = false } }                     the connection is reset
  \"cut\"                                                half an answer to a message that is taken
  { slow = 300 }                                       an answer after so many milliseconds
  \"status_first\"                                       an answer after the first status

The faults of webhooks:

  { repeat = 2 }     posted so many times more
  { behind = 5 }     overtaken by so many others
  { delay = 300 }    posted after so many milliseconds
  \"drop\"             never posted
  \"cut\"              cut in the middle, and tried again
  \"lose_answer\"      tried again, although it may have been taken

The control. A body needs the header `content-type: application/json`:
";

/// How long a line of the help is at most, in characters.
const WIDTH: usize = 100;

/// Lists the calls of the control with their bodies, as the help shows them.
#[must_use]
pub fn calls() -> String {
    let mut lines = Vec::new();
    for (method, path, says, examples) in CALLS {
        lines.push(format!("  {method} {path}"));
        lines.extend(wrapped(says));
        // Longer ones are listed by the sandbox.
        let examples = examples.iter().map(|example| format!("      {example}"));
        lines.extend(examples.filter(|example| example.chars().count() <= WIDTH));
        lines.push(String::new());
    }
    lines.join("\n")
}

/// A text in lines of the help.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::from("   ");
    for word in text.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, String::from("   ")));
        }
        line = line + " " + word;
    }
    lines.push(line);
    lines
}

/// The variable with the secret of the app.
const APP_SECRET: &str = "WA_SANDBOX_APP_SECRET";
/// The variable with the password of the page and of the control.
const PASSWORD: &str = "WA_SANDBOX_PASSWORD";

/// How long requests that have begun may take when the program is to end.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until Ctrl-C or SIGTERM, and then until what has begun is finished, for 10 seconds at most. A second signal ends it
/// at once.
///
/// It prints its address, and a line for each request and each webhook.
///
/// # Errors
///
/// When a file cannot be read or is not as it has to be, or the port cannot be had.
pub fn serve(arguments: Serve) -> io::Result<()> {
    serve_and(arguments, |_| {})
}

/// Serves as [`serve`] does, and tells somebody the address of the page as soon as it is there.
///
/// # Errors
///
/// As those of [`serve`].
pub fn serve_and(arguments: Serve, listens: impl FnOnce(&str)) -> io::Result<()> {
    // A token of your own may be a secret, and you know it.
    let own_token = arguments.token.is_some();
    let password = secret(arguments.password.as_deref(), PASSWORD)?;
    let asks = if password.is_some() { ", and asks for the password" } else { "" };
    let builder = builder(arguments, password)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut signals = Signals::new()?;
        let sandbox = builder.start().await?;
        print(&format!("listening on {}", sandbox.base_url()));
        if !own_token {
            print(&format!("the access token is {}", sandbox.token()));
        }
        let page = format!("{}/", sandbox.base_url());
        print(&format!("the page is at {page}{asks}"));
        listens(&page);
        signals.next().await;
        finish(sandbox, &mut signals).await
    })
}

/// The settings of the sandbox, from what the program was given.
fn builder(arguments: Serve, password: Option<String>) -> io::Result<SandboxBuilder> {
    let setup = arguments.faults.as_deref().map(read_setup).transpose()?.unwrap_or_default();
    let start = Instant::now();
    let mut builder = Sandbox::builder()
        .port(arguments.port)
        .faults(setup.faults)
        .limits(setup.limits)
        .log(move |line| print(&format!("{:9.3} {line}", start.elapsed().as_secs_f64())));
    if let Some(address) = arguments.listen {
        if !address.is_loopback() && password.is_none() {
            let what = "needs a password for the page and the control";
            return Err(missing(&format!("--listen {address}"), what, "password", PASSWORD));
        }
        builder = builder.listen(address);
    }
    if let Some(password) = password {
        builder = builder.password(password);
    }
    if let Some(token) = arguments.token {
        builder = builder.token(token);
    }
    if let Some(id) = arguments.phone_number_id {
        builder = builder.phone_number_id(id);
    }
    if let Some(ledger) = arguments.ledger {
        builder = builder.ledger_file(ledger);
    }
    if let Some(url) = &arguments.forward_to {
        let secret = secret(arguments.app_secret.as_deref(), APP_SECRET)?;
        let needs = || missing("--forward-to", "needs a secret", "app-secret", APP_SECRET);
        let mut webhooks =
            Webhooks::to(url, secret.ok_or_else(needs)?).faults(setup.webhook_faults);
        if arguments.beyond_loopback {
            webhooks = webhooks.beyond_loopback();
        }
        builder = builder.webhooks(webhooks);
    }
    for path in arguments.templates {
        builder = builder.templates_from(path);
    }
    if let Some(time) = arguments.approve_after {
        builder = builder.approve_templates_after(Duration::from_millis(time));
    }
    Ok(arguments.hosts.into_iter().fold(builder, SandboxBuilder::allow_host))
}

/// A secret that an argument needs, and is given by neither file nor variable.
fn missing(argument: &str, needs: &str, file: &str, variable: &str) -> io::Error {
    io::Error::other(format!("`{argument}` {needs}: in `--{file}-file` or {variable}"))
}

/// A secret from its file or variable. It is no argument, because others can read these.
fn secret(path: Option<&Path>, variable: &str) -> io::Result<Option<String>> {
    let Some(path) = path else { return Ok(std::env::var(variable).ok()) };
    let name = path.display();
    let secret = fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("cannot read {name}: {error}")))?;
    Ok(Some(secret.trim().to_owned()))
}

/// Ends when the requests that have begun are answered, or when nobody wants to wait for them any more.
async fn finish(sandbox: Sandbox, signals: &mut Signals) -> io::Result<()> {
    let mut finished = pin!(time::timeout(GRACE, sandbox.shutdown()));
    let mut again = pin!(signals.next());
    std::future::poll_fn(|cx| {
        if again.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Ok(()));
        }
        finished.as_mut().poll(cx).map(|finished| finished.unwrap_or(Ok(())))
    })
    .await
}

fn read_setup(path: &Path) -> io::Result<Setup> {
    let name = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("cannot read {name}: {error}")))?;
    text.parse::<Setup>().map_err(|error| {
        let line = text.lines().nth(error.line() - 1).unwrap_or_default();
        let indent = " ".repeat(error.column() - 1);
        io::Error::other(format!("{name}: {error}\n  |\n  | {line}\n  | {indent}^"))
    })
}

/// Prints a line. When nobody reads any more, that is no reason to stop serving.
fn print(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
