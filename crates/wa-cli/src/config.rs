//! Settings: arguments, then the environment, then `wa.toml`, then that of the user.

mod file;
mod secret;

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{error::Error, input};

pub(crate) use file::{CheckSettings, FileSettings};
pub(crate) use secret::Secret;

/// The name of the file.
const NAME: &str = "wa.toml";

/// How large it may be, in bytes.
const FILE_AT_MOST: u64 = 16 * 1024 * 1024;

/// A setting by its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Setting {
    /// In `wa.toml`.
    pub(crate) name: &'static str,
    /// In the environment.
    pub(crate) variable: &'static str,
    /// Whether nobody is to see it.
    pub(crate) is_secret: bool,
}

impl Setting {
    const fn new(name: &'static str, variable: &'static str) -> Self {
        Self { name, variable, is_secret: false }
    }

    /// The access token. It is never an argument and never stands in `wa.toml`.
    pub(crate) const TOKEN: Self =
        Self { name: "token", variable: "WHATSAPP_TOKEN", is_secret: true };
    /// The secret of the app, which signs webhooks.
    pub(crate) const APP_SECRET: Self =
        Self { name: "app_secret", variable: "WHATSAPP_APP_SECRET", is_secret: true };
    pub(crate) const PHONE_NUMBER_ID: Self =
        Self::new("phone_number_id", "WHATSAPP_PHONE_NUMBER_ID");
    pub(crate) const WABA_ID: Self = Self::new("waba_id", "WHATSAPP_WABA_ID");
    pub(crate) const BASE_URL: Self = Self::new("base_url", "WHATSAPP_BASE_URL");
    pub(crate) const TEMPLATES: Self = Self::new("templates", "WA_TEMPLATES");
    pub(crate) const OUTBOX: Self = Self::new("outbox", "WA_OUTBOX");

    /// All that `wa config` lists.
    pub(crate) const ALL: [Self; 7] = [
        Self::TOKEN,
        Self::PHONE_NUMBER_ID,
        Self::WABA_ID,
        Self::APP_SECRET,
        Self::BASE_URL,
        Self::TEMPLATES,
        Self::OUTBOX,
    ];
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// An argument.
    Argument(String),
    /// A variable of the environment.
    Variable(&'static str),
    /// A file, and the profile in it.
    File { path: PathBuf, profile: Option<String> },
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Argument(name) => write!(f, "the argument {name}"),
            Self::Variable(name) => write!(f, "the variable {name}"),
            Self::File { path, profile: None } => write!(f, "{}", path.display()),
            Self::File { path, profile: Some(profile) } => {
                write!(f, "{}, profile {profile}", path.display())
            }
        }
    }
}

/// A value with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) value: String,
    pub(crate) origin: Origin,
}

/// The settings of a run.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// The nearest first: that of the folder, and that of the user.
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    path: PathBuf,
    /// Whether the user has named it, or it is that of the user. What lies in a folder came with the repository.
    is_own: bool,
    /// The profile that was asked for, before what holds for all.
    layers: Vec<(Option<String>, FileSettings)>,
    check: CheckSettings,
}

impl Settings {
    /// Finds the files and reads them.
    pub(crate) fn find(given: Option<&Path>, profile: Option<&str>) -> Result<Self, Error> {
        let nearest = match given {
            Some(path) => Some(path.to_owned()),
            None => in_this_folder()?,
        };
        let nearest = nearest.into_iter().map(|path| (path, given.is_some()));
        let of_the_user = of_the_user().filter(|path| path.is_file()).map(|path| (path, true));
        let mut files = Vec::new();
        for (path, is_own) in nearest.chain(of_the_user) {
            let text = input::text(&path, FILE_AT_MOST)
                .map_err(|error| Error::file("read", &path, error))?;
            let (layers, check) = file::read(&path, &text, profile)?;
            files.push(File { path, is_own, layers, check });
        }
        let is_there = |name: &str| {
            files
                .iter()
                .flat_map(|file| &file.layers)
                .any(|(layer, _)| layer.as_deref() == Some(name))
        };
        match profile.filter(|name| !is_there(name)) {
            Some(name) => Err(Error::usage(format!("there is no profile `{name}`"))
                .hint(format!("`[profile.{name}]` in `{NAME}` makes one"))),
            None => Ok(Self { files }),
        }
    }

    /// Returns a value by the order of origins.
    pub(crate) fn get(&self, setting: Setting, argument: Option<(&str, &str)>) -> Option<Found> {
        if let Some((name, value)) = argument {
            let origin = Origin::Argument(name.to_owned());
            return Some(Found { value: value.to_owned(), origin });
        }
        // A variable that is empty is as good as none.
        if let Some(value) =
            env::var(setting.variable).ok().filter(|value| !value.trim().is_empty())
        {
            return Some(Found { value, origin: Origin::Variable(setting.variable) });
        }
        self.files.iter().find_map(|file| {
            file.layers.iter().find_map(|(profile, layer)| {
                let value = layer.get(setting.name)?.to_owned();
                let origin = Origin::File { path: file.path.clone(), profile: profile.clone() };
                Some(Found { value, origin })
            })
        })
    }

    /// Returns a path, which in a file is that of the file's folder.
    pub(crate) fn path(
        &self,
        setting: Setting,
        argument: Option<(&str, &Path)>,
    ) -> Option<PathBuf> {
        if let Some((_, path)) = argument {
            return Some(path.to_owned());
        }
        let Found { value, origin } = self.get(setting, None)?;
        match &origin {
            Origin::File { path, .. } => Some(path.parent().unwrap_or(Path::new("")).join(value)),
            _ => Some(value.into()),
        }
    }

    /// Returns a value, or says where it could have come from.
    pub(crate) fn need(
        &self,
        setting: Setting,
        argument: Option<(&str, &str)>,
    ) -> Result<Found, Error> {
        self.get(setting, argument).ok_or_else(|| {
            let Setting { name, variable, .. } = setting;
            Error::usage(format!("there is no `{name}`"))
                .hint(format!("set {variable}, or `{name}` in `{NAME}`"))
        })
    }

    /// Returns whether the user has said something, and not only a folder that may be somebody else's.
    pub(crate) fn is_own(&self, origin: &Origin) -> bool {
        let Origin::File { path, .. } = origin else { return true };
        self.files.iter().any(|file| file.is_own && file.path == *path)
    }

    /// Returns what holds for checks. The nearest file that says something decides.
    pub(crate) fn check(&self) -> Option<&CheckSettings> {
        self.files.first().map(|file| &file.check)
    }

    /// The folder of the nearest file, by which its patterns are meant.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.files.first().and_then(|file| file.path.parent())
    }

    /// The layers of all files, for secrets.
    fn layers(&self) -> impl Iterator<Item = (&File, &Option<String>, &FileSettings)> {
        self.files
            .iter()
            .flat_map(|file| file.layers.iter().map(move |(profile, layer)| (file, profile, layer)))
    }
}

/// Returns the folder that a repository begins in, for this one, and those between.
pub(crate) fn folders() -> Result<Vec<PathBuf>, Error> {
    let here = env::current_dir().map_err(|error| Error::file("find", Path::new("."), error))?;
    let mut folders = Vec::new();
    for folder in here.ancestors() {
        folders.push(folder.to_owned());
        if folder.join(".git").exists() {
            return Ok(folders);
        }
    }
    // Outside of a repository, what lies above belongs to somebody else.
    folders.truncate(1);
    Ok(folders)
}

fn in_this_folder() -> Result<Option<PathBuf>, Error> {
    // A link that leads nowhere is told of, and not passed over.
    let is_there = |path: &PathBuf| path.is_file() || path.is_symlink() && !path.is_dir();
    Ok(folders()?.into_iter().map(|folder| folder.join(NAME)).find(is_there))
}

fn of_the_user() -> impl Iterator<Item = PathBuf> {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = variable("XDG_CONFIG_HOME")
        .or_else(|| variable("HOME").map(|home| home.join(".config")))
        .or_else(|| variable("APPDATA"));
    folder.map(|folder| folder.join("wa").join(NAME)).into_iter()
}
