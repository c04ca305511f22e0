//! The program while it runs.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use wa_message::{Client, Message, client::Backoff};

pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_wa-sandbox"))
}

/// A file of this test, which is not there yet.
pub(crate) fn file(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

/// Runs until it is dropped, and is then killed.
pub(crate) struct Running {
    pub(crate) child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    address: String,
}

impl Running {
    pub(crate) fn start(args: &[&str]) -> Self {
        Self::of(program().args(args))
    }

    pub(crate) fn of(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let address = line.strip_prefix("listening on ").unwrap().to_owned();
        assert_eq!(lines.next().unwrap().unwrap(), "the access token is sandbox-token");
        assert_eq!(lines.next().unwrap().unwrap(), format!("the page is at {address}/"));
        Self { child, lines, address }
    }

    pub(crate) fn client(&self) -> Client {
        let client = Client::builder("sandbox-token", "1").base_url(&self.address);
        // Each answer is looked at.
        client.retry(Backoff::never()).rate(None).recipient_rate(None).build().unwrap()
    }

    pub(crate) fn line(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // SIGKILL, as `kill -9` sends it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn message(data: &str) -> Message {
    format!(
        r#"{{ "messaging_product": "whatsapp", "to": "+15550100",
            "biz_opaque_callback_data": "{data}", "text": {{ "body": "Hello" }} }}"#
    )
    .parse()
    .unwrap()
}
