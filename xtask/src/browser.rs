//! The command `browser`: looks at the page of the sandbox in Chromium.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    error::{Error, Result},
    workspace::{Workspace, cargo, run_cargo, runs},
};

/// The variables that name the driver, the browser and axe-core to the tests.
const DRIVER: &str = "WA_BROWSER_DRIVER";
const BROWSER: &str = "WA_BROWSER";
const AXE: &str = "WA_BROWSER_AXE";
/// The release of axe-core whose findings are known. It is not ours, and so not in the repository.
const AXE_VERSION: &str = "4.14.1";
const PACKAGE: &str = "wa-message-browser";

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The tests.
    Tests,
    /// Pictures of all kinds and views, in `target/browser`.
    Pictures,
    /// Times, and the sends in a second with the page and without.
    Measures,
}

/// A browser and its driver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browser {
    driver: PathBuf,
    browser: PathBuf,
}

/// Finds chromedriver and Chromium: what the variables `WA_BROWSER_DRIVER` and `WA_BROWSER` name, or what is in the `PATH`.
#[must_use]
pub fn find() -> Option<Browser> {
    let named = |variable: &str, names: &[&str]| {
        let named = env::var_os(variable).map(PathBuf::from);
        let mut candidates = named.into_iter().chain(names.iter().map(PathBuf::from));
        candidates.find_map(|program| runs(&program).then_some(program))
    };
    Some(Browser {
        driver: named(DRIVER, &["chromedriver"])?,
        browser: in_path(&named(BROWSER, &["chromium", "google-chrome"])?)?,
    })
}

/// The path of a program, which the driver wants whole.
fn in_path(program: &Path) -> Option<PathBuf> {
    if program.components().count() > 1 {
        return Some(program.to_owned());
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Looks at the page with a browser.
///
/// # Errors
///
/// When a test fails, or something cannot be built.
pub fn run(root: &Path, browser: &Browser, look: Look) -> Result<()> {
    let folder = Workspace::find(root)?.target.join("browser");
    fs::create_dir_all(&folder).map_err(|source| Error::File { path: folder.clone(), source })?;
    let command = |arguments: &[&str]| {
        let mut command = Command::new(cargo());
        command.args(arguments).current_dir(root);
        command.env(DRIVER, &browser.driver).env(BROWSER, &browser.browser);
        command
    };
    match look {
        Look::Tests => {
            let mut command = command(&["test", "--package", PACKAGE, "--", "--nocapture"]);
            match axe(&folder) {
                Some(axe) => _ = command.env(AXE, axe),
                None => println!(
                    "skipped: axe-core, which npm gets; npm is not there, or does not reach it"
                ),
            }
            run_cargo(&mut command)
        }
        Look::Pictures => run_cargo(
            command(&["run", "--package", PACKAGE, "--bin", "pictures", "--"]).arg(folder),
        ),
        Look::Measures => {
            let with = serve(root, &folder, "serve", &[])?;
            let without = serve(root, &folder, "serve-without-page", &["--no-default-features"])?;
            let run = ["run", "--release", "--package", PACKAGE, "--bin", "measure", "--"];
            run_cargo(command(&run).arg(with).arg(without))
        }
    }
}

/// Builds a sandbox as a program of its own, and keeps it under a name: the next one has other features.
fn serve(root: &Path, folder: &Path, name: &str, features: &[&str]) -> Result<PathBuf> {
    let mut command = Command::new(cargo());
    command.args(["build", "--release", "--package", PACKAGE, "--bin", "serve"]).args(features);
    run_cargo(command.current_dir(root))?;
    let built = folder.join("../release/serve").with_extension(env::consts::EXE_EXTENSION);
    let kept = folder.join(name).with_extension(env::consts::EXE_EXTENSION);
    fs::copy(&built, &kept).map_err(|source| Error::File { path: built, source })?;
    Ok(kept)
}

/// The script of axe-core, which npm brings once.
fn axe(folder: &Path) -> Option<PathBuf> {
    let script = folder.join(format!("axe-core-{AXE_VERSION}/axe.min.js"));
    if script.is_file() {
        return Some(script);
    }
    let quiet = |program: &str, arguments: &[&OsStr]| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success()).then_some(())
    };
    let package = format!("axe-core@{AXE_VERSION}");
    let archive = format!("axe-core-{AXE_VERSION}.tgz");
    quiet("npm", &["pack".as_ref(), package.as_ref(), "--silent".as_ref()])?;
    let unpacked = script.parent()?;
    fs::create_dir_all(unpacked).ok()?;
    let tar: [&OsStr; 5] = [
        "xzf".as_ref(),
        archive.as_ref(),
        "--strip-components=1".as_ref(),
        "-C".as_ref(),
        unpacked.as_ref(),
    ];
    quiet("tar", &tar)?;
    let _ = fs::remove_file(folder.join(archive));
    script.is_file().then_some(script)
}
