//! The client of the API, made of arguments and settings, and the runtime that it runs on.

use std::path::PathBuf;

use wa_message::{Client, Templates};

use crate::{
    commands::check::DEFINITIONS,
    config::{self, Secret, Setting, Settings},
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
        if let Some(base_url) = settings.get(Setting::BASE_URL, argument) {
            builder = builder.base_url(base_url.value);
        }
        builder.build().map_err(|error| Error::usage("the client cannot be made").because(error))
    }
}

/// Returns an id without which nothing can be asked.
pub(crate) fn needed(
    settings: &Settings,
    setting: Setting,
    name: &str,
    argument: Option<&str>,
) -> Result<String, Error> {
    let argument = argument.map(|value| (name, value));
    let found = settings.need(setting, argument);
    found.map(|found| found.value).map_err(|error| error.with_exit(Exit::NoCredentials))
}

/// Returns the place of definitions of templates: that of the setting, or where the macro finds them.
pub(crate) fn definitions_path(
    settings: &Settings,
    argument: Option<(&str, &std::path::Path)>,
) -> Result<Option<PathBuf>, Error> {
    if let Some(path) = settings.path(Setting::TEMPLATES, argument) {
        return Ok(Some(path));
    }
    let mut paths =
        config::folders()?.into_iter().flat_map(|folder| DEFINITIONS.map(|name| folder.join(name)));
    Ok(paths.find(|path| path.exists()))
}

/// Returns the definitions of templates, if there are any.
pub(crate) fn definitions(settings: &Settings) -> Result<Option<Templates>, Error> {
    let Some(path) = definitions_path(settings, None)? else { return Ok(None) };
    let templates = Templates::load(&path).map_err(|error| {
        Error::usage("the definitions of templates cannot be read").because(error)
    })?;
    Ok(Some(templates))
}

/// Runs something that waits for the network.
pub(crate) fn block_on<T>(future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::usage("the program cannot start its threads").because(error))?;
    runtime.block_on(future)
}
