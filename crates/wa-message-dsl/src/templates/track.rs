//! Tells the compiler what an expansion depends on, so that cargo compiles anew when it changes.
//!
//! No macro on stable Rust can name a file as a dependency, but the code that it writes can: what
//! [`include_bytes!`] reads and [`option_env!`] asks for is noted. A constant without a name leaves nothing in the
//! program. Once for each file is enough, as a process compiles one crate.

use std::{
    collections::HashSet,
    path::{Component, Path, PathBuf},
    sync::{LazyLock, Mutex, PoisonError},
};

use proc_macro2::TokenStream;
use quote::quote;

use super::{Templates, find::VARIABLE, load::REQUIRED};

/// What was told, by the package and the file. Without a file, the variables.
type Told = HashSet<(PathBuf, Option<PathBuf>)>;

static TOLD: LazyLock<Mutex<Told>> = LazyLock::new(Mutex::default);

/// The items that name what an expansion depends on: the variables, and some files.
pub(crate) fn items(templates: &Templates, files: &[&Path]) -> TokenStream {
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    let mut is_new =
        |file: Option<&Path>| told.insert((templates.folder.clone(), file.map(Path::to_owned)));
    let mut items = TokenStream::new();
    if is_new(None) {
        let names = [VARIABLE, REQUIRED];
        items.extend(quote!(#(const _: ::core::option::Option<&::core::primitive::str> = ::core::option_env!(#names);)*));
    }
    for file in files {
        if let Some(path) = path(templates, file).filter(|_| is_new(Some(file))) {
            items.extend(quote!(
                const _: &[::core::primitive::u8] = ::core::include_bytes!(#path);
            ));
        }
    }
    items
}

/// The path of a file for the compiler: from the manifest where the file lies in the workspace, so that an
/// expansion is the same on every machine.
pub(super) fn path(templates: &Templates, file: &Path) -> Option<TokenStream> {
    if let Some(way) = way(&templates.folder, &templates.root, file)
        // The folders above a link are those of its target.
        && (!way.starts_with("..") || is_same(&templates.folder.join(&way), file))
    {
        let way = format!("/{way}");
        return Some(quote!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #way)));
    }
    // What is not UTF-8 was refused when it was listed.
    let path = file.to_str()?;
    Some(quote!(#path))
}

/// The way from a folder to a file in the workspace around it, with `/` on every system.
fn way(folder: &Path, root: &Path, file: &Path) -> Option<String> {
    // Behind such a prefix, Windows takes no `/` and no `..`.
    if folder.to_str()?.starts_with(r"\\?\") {
        return None;
    }
    let inside = file.strip_prefix(root).ok()?;
    let mut way: Vec<&str> = Vec::new();
    let mut up = folder.strip_prefix(root).ok()?.components();
    let mut down = inside.components();
    // What both share is not left and entered again.
    loop {
        let (mut next_up, mut next_down) = (up.clone(), down.clone());
        match (next_up.next(), next_down.next()) {
            (Some(one), Some(other)) if one == other => (up, down) = (next_up, next_down),
            _ => break,
        }
    }
    way.extend(up.map(|_| ".."));
    for step in down {
        match step {
            Component::Normal(name) => way.push(name.to_str()?),
            Component::CurDir => {}
            Component::ParentDir => way.push(".."),
            _ => return None,
        }
    }
    Some(way.join("/"))
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_a_file_goes_up_no_further_than_it_has_to() {
        let way =
            |folder: &str, file: &str| way(Path::new(folder), Path::new("/house"), Path::new(file));
        assert_eq!(way("/house", "/house/t/a.json").unwrap(), "t/a.json");
        assert_eq!(way("/house/crates/shop", "/house/t/a.json").unwrap(), "../../t/a.json");
        assert_eq!(way("/house/crates/shop", "/house/crates/shop/t.json").unwrap(), "t.json");
        assert_eq!(way("/house/crates/shop", "/house/crates/t.json").unwrap(), "../t.json");
        assert_eq!(way("/house/shop", "/house/shop/../t.json").unwrap(), "../t.json");
        assert_eq!(way("/house", "/elsewhere/t.json"), None);
        assert_eq!(way(r"\\?\C:\house", r"\\?\C:\house\t.json"), None);
    }
}
