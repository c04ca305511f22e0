//! The commands that talk to the API: as they are documented, when they are ended in the middle, and with bad input.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bad_input;
mod baseline;
mod documented;
mod ended;
#[cfg(target_os = "linux")]
mod hostile;
mod programs;
mod secrets;

use std::process::Command;

use tokio::runtime::Runtime;
use wa_sandbox::{Sandbox, SandboxBuilder};

/// A sandbox, with the runtime that it runs on.
struct Running {
    runtime: Runtime,
    sandbox: Sandbox,
}

impl Running {
    fn of(builder: SandboxBuilder) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let sandbox = runtime.block_on(builder.start()).unwrap();
        Self { runtime, sandbox }
    }

    /// The variables by which the program finds it. There is nothing of whoever runs the tests among them.
    fn variables(&self) -> Vec<(&'static str, String)> {
        let mut variables = bare();
        variables.extend([
            ("WHATSAPP_BASE_URL", self.sandbox.base_url()),
            ("WHATSAPP_TOKEN", self.sandbox.token().to_owned()),
            ("WHATSAPP_PHONE_NUMBER_ID", "700100".to_owned()),
            ("WHATSAPP_WABA_ID", "900100".to_owned()),
            ("WHATSAPP_APP_SECRET", "an-app-secret".to_owned()),
        ]);
        variables
    }

    fn wa(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wa"));
        command.args(args).envs(self.variables());
        command
    }
}

/// The environment of somebody who has set nothing.
fn bare() -> Vec<(&'static str, String)> {
    let empty = ["WA_PROFILE", "WA_TEMPLATES", "WA_OUTBOX", "USER", "LOGNAME", "XDG_CONFIG_HOME"];
    let mut variables: Vec<_> = empty.map(|name| (name, String::new())).into();
    variables.extend([("HOME", "/nonexistent".to_owned()), ("NO_COLOR", "1".to_owned())]);
    variables
}
