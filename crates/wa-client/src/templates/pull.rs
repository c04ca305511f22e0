//! All definitions of an account, and the files in which they are kept.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use futures_util::TryStreamExt as _;
use serde_json::Value;
use wa_message_core::{
    Templates,
    templates::{Diff, TemplatesErrorKind, diff, normal},
};

use super::{
    TemplateError, TemplatesClient,
    pages::{Query, pages},
};
use crate::Error;

/// The member of the summary that counts.
const COUNT: &str = "total_count";

impl TemplatesClient<'_> {
    /// Gets all definitions of the account, as they are kept in files.
    ///
    /// ```no_run
    /// # use wa_message::{Client, Error};
    /// # async fn example(client: &Client) -> Result<(), Error> {
    /// let pulled = client.templates("500100200300").pull().await?;
    /// let written = pulled.write("whatsapp-templates")?;
    /// println!("{} definitions, {} files are new or changed", pulled.templates().len(), written.changed.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the API refused a page, gave no answer, or gave something that is no definition; see [`Error`].
    pub async fn pull(&self) -> Result<Pulled, Error> {
        self.pull_watched(|_, _| {}).await
    }

    /// Gets all definitions of the account, and tells with each page how many have come, and of how many, if the account
    /// has counted them.
    ///
    /// # Errors
    ///
    /// As [`pull`](Self::pull).
    pub async fn pull_watched(
        &self,
        mut watch: impl FnMut(usize, Option<usize>) + Send,
    ) -> Result<Pulled, Error> {
        let count = |total: Option<i64>| total.and_then(|total| usize::try_from(total).ok());
        let query = Query { summary: Some(COUNT.to_owned()), ..Query::default() };
        let mut pages = std::pin::pin!(pages(self.client, &self.account, query));
        let (mut all, mut total) = (Vec::new(), None);
        while let Some(page) = pages.try_next().await? {
            total = page.summary.and_then(|summary| summary.total_count).or(total);
            all.extend(page.data);
            watch(all.len(), count(total));
        }
        let total = count(total);
        let templates = Templates::from_json(&Value::Array(all).to_string())?;
        Ok(Pulled { templates, total })
    }

    /// Compares the definitions of a file or of the files of a folder with those of the account now.
    ///
    /// ```no_run
    /// # use wa_message::{Client, Error};
    /// # async fn example(client: &Client) -> Result<(), Error> {
    /// let diff = client.templates("500100200300").check("whatsapp-templates").await?;
    /// println!("{diff}\n{}", diff.summary());
    /// assert!(!diff.breaks_messages());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the files cannot be read, in which case nothing is asked for, or when the API refused a page, gave no answer,
    /// or gave something that is no definition; see [`Error`].
    pub async fn check(&self, path: impl AsRef<Path>) -> Result<Diff, Error> {
        let kept = match Templates::load(path) {
            // A folder without files is one that nothing was pulled into yet.
            Err(error) if error.kind() == TemplatesErrorKind::NoFiles => {
                Templates::from_json("[]")?
            }
            kept => kept?,
        };
        Ok(diff(&kept, self.pull().await?.templates()))
    }
}

/// All definitions of an account. [`TemplatesClient::pull`] gives them.
#[derive(Debug, Clone)]
pub struct Pulled {
    templates: Templates,
    total: Option<usize>,
}

/// What was written. [`Pulled::write`] gives it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Written {
    /// The files that are new or changed.
    pub changed: Vec<PathBuf>,
    /// The files that were as they are.
    pub unchanged: Vec<PathBuf>,
    /// The files in the folder whose names end with `.json`, and that were not written. Their templates may be gone.
    /// Nothing deletes them.
    pub others: Vec<PathBuf>,
}

impl Pulled {
    /// Returns the definitions.
    #[must_use]
    pub fn templates(&self) -> &Templates {
        &self.templates
    }

    /// Returns how many definitions the account has by its own count, if it said so. When it is another number than that
    /// of the [definitions](Self::templates), some were created or deleted in between.
    #[must_use]
    pub fn total(&self) -> Option<usize> {
        self.total
    }

    /// Returns the files, in the normal form: one for each name.
    #[must_use]
    pub fn files(&self) -> Vec<normal::TemplateFile> {
        normal::files(&self.templates)
    }

    /// Writes the files into a folder, which is made if it is not there. A file that is the same already is not touched,
    /// so that nothing is compiled anew for it.
    ///
    /// # Errors
    ///
    /// When a template has a name that cannot be that of a file, in which case nothing is written, or when a file or the
    /// folder cannot be read or written.
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<Written, TemplateError> {
        let folder = folder.as_ref();
        let file = |file: normal::TemplateFile| match file.file_name() {
            Some(name) => Ok((folder.join(name), file)),
            None => Err(TemplateError::name_not_usable(file.name())),
        };
        let files = self.files().into_iter().map(file).collect::<Result<Vec<_>, _>>()?;
        fs::create_dir_all(folder).map_err(|error| TemplateError::unwritten(folder, error))?;
        let mut written = Written::default();
        for (path, file) in files {
            let is_same = fs::read(&path).is_ok_and(|found| found == file.text().as_bytes());
            if is_same {
                written.unchanged.push(path);
            } else {
                replace(&path, file.text())
                    .map_err(|error| TemplateError::unwritten(&path, error))?;
                written.changed.push(path);
            }
        }
        let unread = |error| TemplateError::unwritten(folder, error);
        for entry in fs::read_dir(folder).map_err(unread)? {
            let path = entry.map_err(unread)?.path();
            let is_json =
                path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
            if is_json && !written.changed.contains(&path) && !written.unchanged.contains(&path) {
                written.others.push(path);
            }
        }
        written.others.sort();
        Ok(written)
    }
}

/// Writes a file so that nobody reads half of it. A link is replaced, and what it leads to is not touched.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let beside = path.with_extension("json.part");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}
