//! The contents of `wa.toml`.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use wa_message_rules::nearest;

use crate::{
    check::Lines,
    error::{Error, named},
};

/// Settings of one profile, or of all.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileSettings {
    phone_number_id: Option<String>,
    waba_id: Option<String>,
    base_url: Option<String>,
    templates: Option<String>,
    outbox: Option<String>,
    pub(crate) token_file: Option<String>,
    pub(crate) token_command: Option<Vec<String>>,
    pub(crate) app_secret_file: Option<String>,
    pub(crate) app_secret_command: Option<Vec<String>>,
    token: Option<toml::Value>,
    app_secret: Option<toml::Value>,
}

/// How bodies are checked.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CheckSettings {
    /// Rules that are not asked.
    pub(crate) allow: Vec<String>,
    /// Paths that are passed over, as in `.gitignore`.
    pub(crate) exclude: Vec<String>,
    /// Rules that are not asked of some files.
    pub(crate) files: Vec<AllowedIn>,
}

/// Rules that are not asked of some files.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AllowedIn {
    /// A pattern of paths, as in `.gitignore`.
    pub(crate) path: String,
    pub(crate) allow: Vec<String>,
}

impl FileSettings {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        match name {
            "phone_number_id" => self.phone_number_id.as_deref(),
            "waba_id" => self.waba_id.as_deref(),
            "base_url" => self.base_url.as_deref(),
            "templates" => self.templates.as_deref(),
            "outbox" => self.outbox.as_deref(),
            _ => None,
        }
    }

    /// A secret in a file that others read is none.
    fn has_secret(&self) -> Option<&'static str> {
        match (&self.token, &self.app_secret) {
            (Some(_), _) => Some("token"),
            (None, Some(_)) => Some("app_secret"),
            (None, None) => None,
        }
    }
}

/// What may stand in a file.
const NAMES: [&str; 11] = [
    "phone_number_id",
    "waba_id",
    "base_url",
    "templates",
    "outbox",
    "token_file",
    "token_command",
    "app_secret_file",
    "app_secret_command",
    "check",
    "profile",
];
/// The names of secrets.
const SECRETS: [&str; 2] = ["token", "app_secret"];

/// Says what is wrong and where. The line itself is not shown: it may be that of a secret.
fn wrong(path: &Path, text: &str, error: &toml::de::Error) -> Error {
    let place = error.span().map(|span| Lines::new(text).place(span.start));
    let place = place.map(|place| format!(" in line {}, column {}", place.line, place.column));
    let says = format!("`{}` is not as it has to be{}", named(path), place.unwrap_or_default());
    let mut because = error.message().lines().collect::<Vec<_>>().join("; ");
    // Values have their name behind them.
    if let Some((_, inside)) = error.to_string().trim_end().rsplit_once("\nin `") {
        because = format!("{because}, in `{inside}");
    }
    Error::usage(format!("{says}: {because}"))
}

/// The layers of a file, the profile first, and what it says of checks.
type Layers = (Vec<(Option<String>, FileSettings)>, CheckSettings);

pub(super) fn read(path: &Path, text: &str, profile: Option<&str>) -> Result<Layers, Error> {
    let wrong = |error: toml::de::Error| wrong(path, text, &error);
    let mut all: toml::Table = toml::from_str(text).map_err(wrong)?;
    if let Some(name) =
        all.keys().find(|name| !NAMES.iter().chain(&SECRETS).any(|known| known == name))
    {
        let says = format!("`{}` has a setting `{name}`, which nobody knows", named(path));
        let hint = match nearest(name, NAMES) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are `{}`", NAMES.join("`, `")),
        };
        return Err(Error::usage(says).hint(hint));
    }
    let check = all.remove("check").map(toml::Value::try_into).transpose().map_err(wrong)?;
    let profiles = all.remove("profile").map(toml::Value::try_into).transpose().map_err(wrong)?;
    let mut profiles: BTreeMap<String, FileSettings> = profiles.unwrap_or_default();
    let all: FileSettings = all.try_into().map_err(wrong)?;
    let of_profile = profile.and_then(|name| Some((Some(name.to_owned()), profiles.remove(name)?)));
    let layers: Vec<_> = of_profile.into_iter().chain([(None, all)]).collect();
    let secret = layers.iter().map(|(_, layer)| layer).chain(profiles.values());
    if let Some(name) = secret.into_iter().find_map(FileSettings::has_secret) {
        let says = format!("`{}` holds a `{name}`, which others can read", named(path));
        return Err(Error::usage(says).hint(format!(
            "put it into a file of its own and name that by `{name}_file`, or have a program print it: \
             `{name}_command = [\"pass\", \"show\", \"whatsapp\"]`"
        )));
    }
    Ok((layers, check.unwrap_or_default()))
}
