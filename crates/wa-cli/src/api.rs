//! The client of the API, made of arguments and settings, and the runtime that it runs on.

use std::path::{Path, PathBuf};

use wa_message::{Client, SetupError, Templates, templates::TemplatesErrorKind};
use wa_message_dsl::NAMES_OF_DEFINITIONS;
use wa_message_spec::tables::BASE_URL;

use crate::{
    config::{self, Found, Secret, Setting, Settings},
    error::{Error, Exit},
};

/// Arguments of commands that ask the API
#[derive(Debug, clap::Args)]
pub(crate) struct Access {
    /// A file with the access token, in place of `WHATSAPP_TOKEN` and the settings
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// The id of the business phone number
    #[arg(long, value_name = "ID")]
    phone_number_id: Option<String>,
    /// The address of the API, such as that of a sandbox
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

impl Access {
    /// Returns the client of a number.
    pub(crate) fn client(&self, settings: &Settings) -> Result<Client, Error> {
        let token = self.token(settings)?;
        self.client_of(settings, &token, &self.number(settings)?)
    }

    fn token(&self, settings: &Settings) -> Result<Secret, Error> {
        settings.secret(Setting::TOKEN, self.token_file.as_deref())
    }

    /// Returns the id of the number.
    pub(crate) fn number(&self, settings: &Settings) -> Result<String, Error> {
        needed(
            settings,
            Setting::PHONE_NUMBER_ID,
            "--phone-number-id",
            self.phone_number_id.as_deref(),
        )
    }

    /// Returns a client for requests that are not about the number, if there is one.
    pub(crate) fn client_of_account(
        &self,
        settings: &Settings,
        account: &str,
    ) -> Result<Client, Error> {
        let number = self.number(settings).unwrap_or_else(|_| account.to_owned());
        self.client_of(settings, &self.token(settings)?, &number)
    }

    fn client_of(
        &self,
        settings: &Settings,
        token: &Secret,
        number: &str,
    ) -> Result<Client, Error> {
        let mut builder = Client::builder(token.as_str(), number);
        let argument = self.base_url.as_deref().map(|url| ("--base-url", url));
        let base_url = settings.get(Setting::BASE_URL, argument);
        if let Some(base_url) = &base_url {
            trusted(settings, base_url)?;
            builder = builder.base_url(&base_url.value);
        }
        builder.build().map_err(|error| {
            let is_of_url = matches!(
                error,
                SetupError::MalformedAddress
                    | SetupError::InsecureAddress
                    | SetupError::VersionInAddress
            );
            let told = Error::usage("the client cannot be made").because(error);
            match base_url.filter(|_| is_of_url) {
                Some(found) => told.hint(format!(
                    "it comes from {}; that of a sandbox is such as http://127.0.0.1:4010",
                    found.origin
                )),
                None => told,
            }
        })
    }
}

/// Refuses an address that only a folder names: the folder may be somebody else's repository, and the token of the
/// user would go there. Plain `http` goes to this machine alone, which the client sees to.
fn trusted(settings: &Settings, base_url: &Found) -> Result<(), Error> {
    let Found { value, origin } = base_url;
    let is_harmless = value.starts_with("http:") || value.trim_end_matches('/') == BASE_URL;
    if is_harmless || settings.is_own(origin) {
        return Ok(());
    }
    Err(Error::usage(format!("the token would go to an address that {origin} names"))
        .hint(format!("set {}, or give `--base-url`, if it is yours", Setting::BASE_URL.variable))
        .with_exit(Exit::NoCredentials))
}

/// Returns an id without which nothing can be asked.
pub(crate) fn needed(
    settings: &Settings,
    setting: Setting,
    name: &str,
    argument: Option<&str>,
) -> Result<String, Error> {
    let found = settings.need(setting, argument.map(|value| (name, value)));
    let Setting { name: setting, variable, .. } = setting;
    found.map(|found| found.value).map_err(|error| {
        error
            .hint(format!("set {variable}, give `{name}`, or put `{setting}` into `wa.toml`"))
            .with_exit(Exit::NoCredentials)
    })
}

/// Returns the place of definitions of templates: that of the setting, or where the macro finds them.
pub(crate) fn definitions_path(
    settings: &Settings,
    argument: Option<(&str, &Path)>,
) -> Result<Option<PathBuf>, Error> {
    if let Some(path) = settings.path(Setting::TEMPLATES, argument) {
        return Ok(Some(path));
    }
    let named = |folder: PathBuf| NAMES_OF_DEFINITIONS.map(|name| folder.join(name));
    let mut paths = config::folders()?.into_iter().flat_map(named);
    Ok(paths.find(|path| path.exists()))
}

/// Returns the definitions of templates, if there are any. A folder that nobody has named may be empty.
pub(crate) fn definitions(
    settings: &Settings,
    argument: Option<&Path>,
) -> Result<Option<Templates>, Error> {
    let argument = argument.map(|path| ("--templates", path));
    let is_named = settings.path(Setting::TEMPLATES, argument).is_some();
    let Some(path) = definitions_path(settings, argument)? else { return Ok(None) };
    match Templates::load(&path) {
        Ok(templates) => Ok(Some(templates)),
        Err(error) if error.kind() == TemplatesErrorKind::NoFiles && !is_named => Ok(None),
        Err(error) => Err(Error::usage("the definitions of templates cannot be read")
            .because(error)
            .hint("`wa templates check` shows all that is wrong with them")),
    }
}

/// Runs something that waits for the network.
pub(crate) fn block_on<T>(future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::usage("the program cannot start its threads").because(error))?;
    runtime.block_on(future)
}
