//! Reads definitions, and keeps them as long as their files stay the same.
//!
//! For cargo, a process compiles one crate. For an editor, it lives for hours and expands the calls of many crates:
//! so what is kept belongs to a package, and is looked at again from time to time.

use std::{
    collections::HashMap,
    env,
    ffi::{OsStr, OsString},
    fs::{self, File, Metadata},
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use wa_message_rules::definition::{Definitions, Fault};
use wa_message_spec::templates::DEMANDS;

use super::{
    Templates,
    find::{Found, Package, VARIABLE},
};

/// Makes it an error that nothing is found.
pub(crate) const REQUIRED: &str = "WA_MESSAGE_TEMPLATES_REQUIRED";
/// How long nobody looks whether files have changed.
const AT_REST: Duration = Duration::from_secs(1);
/// How many bytes a file may have. A thousand definitions have one million.
const BYTES_AT_MOST: u64 = 8 << 20;
/// How many files are read, and how deep folders may lie inside each other.
const FILES_AT_MOST: usize = 10_000;
const FOLDERS_AT_MOST: usize = 8;

/// What says where the definitions of a package are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    folder: PathBuf,
    variable: Option<OsString>,
    is_required: bool,
}

struct Kept {
    listing: Listing,
    templates: Arc<Templates>,
    looked: Instant,
}

static KEPT: LazyLock<Mutex<HashMap<Key, Kept>>> = LazyLock::new(Mutex::default);

/// The definitions of the package that is being compiled.
pub(super) fn of_crate() -> Option<Arc<Templates>> {
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
    let required = env::var_os(REQUIRED).unwrap_or_default();
    let is_required = !required.is_empty() && required != *"0";
    Some(kept(Key { folder, variable: env::var_os(VARIABLE), is_required }, AT_REST))
}

fn kept(key: Key, at_rest: Duration) -> Arc<Templates> {
    // Whoever panicked has left nothing half done behind.
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = kept.get(&key)
        && kept.looked.elapsed() < at_rest
    {
        return Arc::clone(&kept.templates);
    }
    let package = Package::of(&key.folder);
    let listing = Listing::of(&package, key.variable.as_deref());
    if let Some(kept) = kept.get_mut(&key)
        && kept.listing == listing
    {
        kept.looked = Instant::now();
        return Arc::clone(&kept.templates);
    }
    let templates = Arc::new(read(package, &listing, key.variable.as_deref(), key.is_required));
    let looked = Instant::now();
    kept.insert(key, Kept { listing, templates: Arc::clone(&templates), looked });
    templates
}

/// The files of definitions, and what was in the way of finding them.
#[derive(Debug, PartialEq, Eq)]
struct Listing {
    found: Found,
    files: Vec<Listed>,
    faults: Vec<Fault>,
    /// Whether there are more files than are read.
    is_full: bool,
}

/// A file as it was when it was listed.
#[derive(Debug, PartialEq, Eq)]
struct Listed {
    path: PathBuf,
    changed: Option<SystemTime>,
    bytes: u64,
}

impl Listing {
    fn of(package: &Package, variable: Option<&OsStr>) -> Self {
        let found = package.find(variable);
        let mut listing = Self { found, files: Vec::new(), faults: Vec::new(), is_full: false };
        if let Found::At(places) = &listing.found {
            for place in places.clone() {
                match fs::metadata(&place) {
                    // Its name says nothing: somebody has named it, or the convention.
                    Ok(data) if !data.is_dir() => listing.file(package, place, &data),
                    Ok(_) => listing.folder(package, &place, 1),
                    Err(error) => listing.unreadable(package, &place, &error),
                }
            }
        }
        listing
    }

    fn folder(&mut self, package: &Package, folder: &Path, depth: usize) {
        if depth > FOLDERS_AT_MOST {
            let says = format!("lies more than {FOLDERS_AT_MOST} folders deep");
            return self.fault(package, folder, says);
        }
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(package, folder, &error),
        };
        // The order in which a system lists files is no order.
        entries.sort_by_cached_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            let is_json =
                path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
            if is_hidden {
                continue;
            }
            // A link to a folder may lead in a circle, and is not followed.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.folder(package, &path, depth + 1);
            } else if is_json {
                match fs::metadata(&path) {
                    Ok(data) => self.file(package, path, &data),
                    Err(error) => self.unreadable(package, &path, &error),
                }
            }
        }
    }

    fn file(&mut self, package: &Package, path: PathBuf, data: &Metadata) {
        if !data.is_file() {
            self.fault(package, &path, "is no file");
        } else if path.to_str().is_none() {
            self.fault(
                package,
                &path,
                "its path is not UTF-8, so that the compiler cannot watch it",
            );
        } else if data.len() > BYTES_AT_MOST {
            let (found, most) = (data.len() >> 20, BYTES_AT_MOST >> 20);
            self.fault(package, &path, format!("has {found} MiB, and at most {most} are read"));
        } else if self.files.len() == FILES_AT_MOST {
            if !std::mem::replace(&mut self.is_full, true) {
                let says = format!("is not read, because {FILES_AT_MOST} files come before it");
                self.fault(package, &path, says);
            }
        } else {
            self.files.push(Listed { path, changed: data.modified().ok(), bytes: data.len() });
        }
    }

    fn unreadable(&mut self, package: &Package, path: &Path, error: &io::Error) {
        self.fault(package, path, format!("cannot be read: {error}"));
    }

    fn fault(&mut self, package: &Package, path: &Path, says: impl Into<String>) {
        self.faults.push(Fault::of_file(&package.shown(path), says));
    }
}

fn read(
    package: Package,
    listing: &Listing,
    variable: Option<&OsStr>,
    is_required: bool,
) -> Templates {
    let mut definitions = Definitions::new(&DEMANDS);
    for fault in &listing.faults {
        definitions.add_fault(fault.clone());
    }
    let mut files = HashMap::new();
    for Listed { path, bytes, .. } in &listing.files {
        let shown = package.shown(path);
        match text(path, *bytes) {
            Ok(text) => definitions.add(&shown, &text),
            Err(says) => definitions.add_fault(Fault::of_file(&shown, says)),
        }
        files.insert(shown, path.clone());
    }
    let mut because = None;
    match &listing.found {
        Found::Off => because = Some(format!("`{VARIABLE}` is empty, which turns them off")),
        Found::Absent { looked } => {
            let named = variable.unwrap_or_default().to_string_lossy();
            let says = format!("`{VARIABLE}` names it, and neither a file nor a folder is there");
            because = Some(says.clone());
            let looked = looked.iter().map(|path| package.shown(path)).collect::<Vec<_>>();
            let source = if looked.len() > 1 { looked.join(" or ") } else { named.into_owned() };
            definitions.add_fault(Fault::of_file(&source, says));
        }
        Found::Nothing { looked } => {
            let looked = looked.iter().map(|path| format!("`{}`", package.shown(path)));
            because = Some(format!("looked for {}", wa_message_rules::listed(looked, "and")));
        }
        Found::At(places) if listing.files.is_empty() && definitions.faults().is_empty() => {
            let places = places.iter().map(|path| format!("`{}`", package.shown(path)));
            let places = wa_message_rules::listed(places, "and");
            because = Some(format!("there is no `.json` file in {places}"));
        }
        Found::At(_) => {}
    }
    let is_required = is_required && package.is_own();
    let is_off = listing.files.is_empty();
    let places = match &listing.found {
        Found::At(places) => places.iter().map(|place| package.shown(place)).collect(),
        _ => Vec::new(),
    };
    Templates {
        files,
        places,
        because,
        is_required,
        is_off,
        folder: package.folder,
        root: package.root,
        ..Templates::of(definitions)
    }
}

/// The text of a file of about so many bytes, or what is wrong with it.
fn text(path: &Path, length: u64) -> Result<String, String> {
    // One more, so that its end is seen without asking for more room. Otherwise a file of 1,000 bytes is read in
    // eight parts.
    let length = usize::try_from(length.min(BYTES_AT_MOST)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(length + 1);
    // It may have grown since it was listed.
    let read = File::open(path).and_then(|file| file.take(BYTES_AT_MOST).read_to_end(&mut bytes));
    read.map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err("is UTF-16, and JSON is written in UTF-8".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        format!("is not UTF-8 (line {line})")
    })
}

#[cfg(test)]
mod tests;
