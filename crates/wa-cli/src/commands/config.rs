//! The command `config`: each setting with its origin.

use std::fmt::Write as _;

use serde_json::json;

use crate::{
    config::{Setting, Settings},
    error::{Error, Exit},
    terminal,
};

/// Show each setting and where it comes from
///
/// `token_command` and `app_secret_command` in a `wa.toml` name programs that print a secret. Each command that needs the
/// secret runs them, also where the file came with a repository of somebody else: look at them here before. This command
/// runs no program and reads no secret.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print an object of JSON for each setting, each on a line
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, settings: &Settings) -> Result<Exit, Error> {
    let rows = Setting::ALL.map(|setting| {
        let (value, origin) = shown(settings, setting);
        [setting.name.to_owned(), value.unwrap_or_default(), origin.unwrap_or_default()]
    });
    let mut out = String::new();
    if args.json {
        for [name, value, origin] in &rows {
            let or_null = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
            let line = json!({ "name": name, "value": or_null(value), "origin": or_null(origin) });
            _ = writeln!(out, "{line}");
        }
    } else {
        let rows: Vec<_> = rows
            .into_iter()
            .map(|[name, value, origin]| {
                let or_dash = |text: String| if text.is_empty() { "-".to_owned() } else { text };
                vec![name, or_dash(value), or_dash(origin)]
            })
            .collect();
        out.push_str(&terminal::table(&["SETTING", "VALUE", "ORIGIN"], &rows));
    }
    terminal::print(&out)?;
    Ok(Exit::Done)
}

/// The value and its origin. Of a secret nothing is read, so that no program runs for it.
fn shown(settings: &Settings, setting: Setting) -> (Option<String>, Option<String>) {
    if setting.is_secret {
        let source = settings.secret_source(setting, None);
        return (
            source.as_ref().map(|_| "(secret)".to_owned()),
            source.map(|source| source.origin()),
        );
    }
    let found = settings.get(setting, None);
    (found.as_ref().map(|found| masked(&found.value)), found.map(|found| found.origin.to_string()))
}

/// A value without the password that an address may hold.
fn masked(value: &str) -> String {
    let Some((scheme, rest)) = value.split_once("://") else { return value.to_owned() };
    let (rest, query) =
        rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(query)));
    let rest = match rest
        .rsplit_once('@')
        .and_then(|(user, place)| Some((user.split_once(':')?.0, place)))
    {
        Some((user, place)) => format!("{user}:(secret)@{place}"),
        None => rest.to_owned(),
    };
    let query = query.map(|query| {
        let parts = query.split('&').map(|part| match part.split_once('=') {
            Some((name, _)) if is_secret(name) => format!("{name}=(secret)"),
            _ => part.to_owned(),
        });
        format!("?{}", parts.collect::<Vec<_>>().join("&"))
    });
    format!("{scheme}://{rest}{}", query.unwrap_or_default())
}

/// Whether a part of an address is one that nobody is to see, by its name.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["pass", "pwd", "token", "secret", "key"].iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_without_passwords() {
        assert_eq!(
            masked("postgres://u:p@ss@h/db?sslmode=require&password=x"),
            "postgres://u:(secret)@h/db?sslmode=require&password=(secret)"
        );
        assert_eq!(masked("https://h/?access_token=x"), "https://h/?access_token=(secret)");
        assert_eq!(masked("sqlite:a?b"), "sqlite:a?b");
        assert_eq!(masked("http://127.0.0.1:4010"), "http://127.0.0.1:4010");
    }
}
