//! Webhooks that are signed and posted, as the API does it.

use std::{
    net::IpAddr,
    path::Path,
    time::{Duration, Instant},
};

use wa_message::{
    Client,
    client::reqwest::{self, Url, redirect},
    webhook::{SIGNATURE_HEADER, Verifier},
};

use crate::{
    config::{Setting, Settings},
    error::{Error, Exit},
};

/// How long the receiver may take to answer.
const WITHIN: Duration = Duration::from_secs(10);
/// The name by which the API calls itself.
const USER_AGENT: &str = "facebookexternalua";

/// Posts webhooks to one address.
pub(crate) struct Poster {
    http: reqwest::Client,
    verifier: Verifier,
    url: Url,
}

/// The answer to a webhook.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) took: Duration,
}

impl Answered {
    /// Whether it was taken. With any other answer, the API posts it again.
    pub(crate) fn is_taken(self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Poster {
    pub(crate) fn new(
        settings: &Settings,
        secret_file: Option<&Path>,
        url: &str,
    ) -> Result<Self, Error> {
        let verifier = verifier(settings, secret_file)?;
        let url: Url = url
            .parse()
            .map_err(|error| Error::usage("the address of the webhook is none").because(error))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Error::usage("the address of the webhook begins with http:// or https://"));
        }
        let cannot =
            |error: reqwest::Error| Error::usage("the HTTP library cannot start").because(error);
        let mut http = reqwest::Client::builder()
            .timeout(WITHIN)
            .redirect(redirect::Policy::none())
            .user_agent(USER_AGENT);
        // A proxy leads elsewhere, and what is on this machine would not be found there.
        if is_local(&url) {
            http = http.no_proxy();
        }
        // The client chooses the cryptography of the process, which has to be there before.
        Client::new("none", "0")
            .map_err(|error| Error::usage("the HTTP library cannot start").because(error))?;
        Ok(Self { http: http.build().map_err(cannot)?, verifier, url })
    }

    /// Posts a body. It is an error if there is no answer.
    pub(crate) async fn post(&self, body: &[u8]) -> Result<Answered, Error> {
        let start = Instant::now();
        let request = self
            .http
            .post(self.url.clone())
            .header("content-type", "application/json")
            .header(SIGNATURE_HEADER, self.verifier.sign(body))
            .body(body.to_vec());
        match request.send().await {
            Ok(answer) => Ok(Answered { status: answer.status().as_u16(), took: start.elapsed() }),
            Err(error) => {
                // An address may hold a password.
                let error = error.without_url();
                let exit = if error.is_connect() { Exit::NotSent } else { Exit::InDoubt };
                Err(Error::usage("the webhook was not answered").because(error).with_exit(exit))
            }
        }
    }
}

/// Checks and makes signatures by the secret of the app.
pub(crate) fn verifier(settings: &Settings, secret_file: Option<&Path>) -> Result<Verifier, Error> {
    let secret = settings.secret(Setting::APP_SECRET, secret_file)?;
    Verifier::new([secret.as_str()])
        .map_err(|error| Error::usage("the secret of the app cannot be used").because(error))
}

fn is_local(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}
