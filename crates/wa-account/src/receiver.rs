//! Takes the webhooks of the sandbox, and joins statuses with what was sent.

use std::{
    fs::File,
    io::{self, BufWriter, Write as _},
    net::Ipv4Addr,
    path::Path,
    sync::Arc,
};

use tokio::net::TcpListener;
use wa_message::{
    client::reqwest,
    webhook::{Outcomes, SendState, Verifier, VerifyToken, service},
};

pub(crate) const APP_SECRET: &str = "account-secret";

/// Where webhooks come to.
pub(crate) fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}/webhook")
}

/// What is known of the sends.
pub(crate) struct Receiver {
    outcomes: Arc<Outcomes>,
}

impl Receiver {
    /// Takes webhooks from now on.
    pub(crate) async fn start(port: u16) -> io::Result<Self> {
        let outcomes = Arc::new(Outcomes::new(drop));
        let verifier = Verifier::new([APP_SECRET]).map_err(io::Error::other)?;
        let token = VerifyToken::new("account-token").map_err(io::Error::other)?;
        let routes: axum::Router =
            service(verifier, token).outcomes(Arc::clone(&outcomes)).build().route("/webhook");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(Self { outcomes })
    }

    /// What has to be told of each send.
    pub(crate) fn watch(&self) -> Arc<Outcomes> {
        Arc::clone(&self.outcomes)
    }

    /// Waits until the sandbox has posted all, and writes what is known then: a line for each message that was accepted,
    /// with its id, and for each that is in doubt.
    pub(crate) async fn settle(&self, sandbox: &str, messages: u64, path: &Path) -> io::Result<()> {
        let http = reqwest::Client::builder().no_proxy().build().map_err(io::Error::other)?;
        let url = format!("{sandbox}/_sandbox/settled");
        loop {
            let answer = http.get(&url).send().await.map_err(io::Error::other)?;
            let answer = answer.text().await.map_err(io::Error::other)?;
            if answer.replace(' ', "").contains("\"settled\":true") {
                break;
            }
        }
        let mut file = BufWriter::new(File::create(path)?);
        for key in 0..messages {
            match self.outcomes.send_state(&key.to_string()) {
                Some(SendState::Accepted(message)) => {
                    writeln!(file, "{key} accepted {}", message.id)?;
                }
                Some(SendState::InDoubt | SendState::InFlight) => writeln!(file, "{key} in-doubt")?,
                _ => {}
            }
        }
        file.flush()
    }
}

/// What became of a doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Settled {
    /// It was accepted, as this.
    Accepted(String),
    /// It is still one.
    InDoubt,
}

/// Reads what was written of each message.
pub(crate) fn read(path: &Path) -> io::Result<Vec<(u64, Settled)>> {
    let parsed = |line: &str| {
        let mut words = line.split(' ');
        let key = words.next()?.parse().ok()?;
        match (words.next()?, words.next()) {
            ("accepted", Some(id)) => Some((key, Settled::Accepted(id.to_owned()))),
            ("in-doubt", None) => Some((key, Settled::InDoubt)),
            _ => None,
        }
    };
    let text = std::fs::read_to_string(path)?;
    let lines = text.lines().map(|line| {
        parsed(line).ok_or_else(|| io::Error::other(format!("`{line}` says nothing of a message")))
    });
    lines.collect()
}
