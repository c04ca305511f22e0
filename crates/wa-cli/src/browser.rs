//! The browser of whoever sits before the machine, and one that takes pictures.

use std::{
    env,
    ffi::OsStr,
    path::Path,
    process::{Command, Stdio},
};

use wa_message::client::reqwest::Url;

use crate::error::{Error, named};

/// What opens an address or a file, by system.
const OPENERS: &[&str] = if cfg!(target_os = "macos") {
    &["open"]
} else if cfg!(windows) {
    &["explorer"]
} else {
    &["xdg-open", "gio"]
};

/// Browsers that take pictures without a window.
const BROWSERS: [&str; 6] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

/// Opens an address or a file in the browser.
pub(crate) fn open(what: &OsStr) -> Result<(), Error> {
    for opener in OPENERS {
        let mut command = Command::new(opener);
        if *opener == "gio" {
            command.arg("open");
        }
        let quiet =
            command.arg(what).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if quiet.spawn().is_ok() {
            return Ok(());
        }
    }
    Err(Error::usage("no program was found that opens a browser")
        .hint(format!("open {} yourself", what.to_string_lossy())))
}

/// Takes a picture of a page.
pub(crate) fn picture(page: &Path, picture: &Path) -> Result<(), Error> {
    let chosen = env::var("BROWSER").ok().filter(|name| !name.trim().is_empty());
    let names = chosen.iter().map(String::as_str).chain(BROWSERS);
    // It goes to where the browser was started, so the path is a whole one.
    let picture =
        std::path::absolute(picture).map_err(|error| Error::file("find", picture, error))?;
    // Chromium writes nothing else.
    if picture.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("png")) {
        return Err(Error::usage(format!("`{}` does not end with `.png`", named(&picture))));
    }
    if let Some(folder) = picture.parent().filter(|folder| !folder.is_dir()) {
        return Err(Error::usage(format!("there is no folder `{}`", named(folder))));
    }
    // A name may have signs that mean something else in an address.
    let address = Url::from_file_path(page)
        .map_err(|()| Error::usage(format!("`{}` has no address", named(page))))?;
    for name in names {
        let status = Command::new(name)
            .args([
                "--headless=new",
                "--disable-gpu",
                "--no-sandbox",
                "--hide-scrollbars",
                "--no-first-run",
            ])
            .arg("--window-size=480,800")
            .arg(format!("--screenshot={}", picture.display()))
            .arg(address.as_str())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        match status {
            Ok(status) if status.success() && picture.is_file() => return Ok(()),
            Ok(_) => return Err(Error::usage(format!("`{name}` has taken no picture"))),
            Err(_) => {}
        }
    }
    Err(Error::usage("no browser was found that takes pictures")
        .hint("install Chromium, or name a browser of its kind by the variable BROWSER"))
}
