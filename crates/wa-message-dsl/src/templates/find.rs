//! Finds where the definitions of a package lie.
//!
//! Nothing is canonicalised: `\\?\` paths of Windows cannot be joined with `/`, as the expansion does it.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

/// Names the file or the folder in place of those that are looked for. Empty, it turns definitions off.
pub(crate) const VARIABLE: &str = "WA_MESSAGE_TEMPLATES";
/// The names under which definitions are looked for, beside a manifest and above it.
pub const NAMES: [&str; 2] = ["whatsapp-templates", "whatsapp-templates.json"];
/// What cargo puts into a folder that it has fetched: a package of a registry, or a whole repository. Who builds
/// somebody else's package has other definitions than its author.
const MARK_OF_FETCHED: &str = ".cargo-ok";
/// What `cargo vendor` puts beside a manifest.
const MARK_OF_VENDORED: &str = ".cargo-checksum.json";

/// A package, and the workspace around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Package {
    /// The folder of the manifest.
    pub(super) folder: PathBuf,
    /// The folder of the workspace, or the last one above with a manifest.
    pub(super) root: PathBuf,
    /// Whether cargo has fetched it.
    is_fetched: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// The variable turns definitions off.
    Off,
    /// The variable names what is not there.
    Absent { looked: Vec<PathBuf> },
    /// There is nothing at any of these places.
    Nothing { looked: Vec<PathBuf> },
    /// Files and folders, of which there is at least one.
    At(Vec<PathBuf>),
}

impl Package {
    pub(super) fn of(folder: &Path) -> Self {
        let fetched = if folder.join(MARK_OF_VENDORED).exists() {
            Some(folder)
        } else {
            folder.ancestors().find(|folder| folder.join(MARK_OF_FETCHED).exists())
        };
        let root = match (root(folder), fetched) {
            (root, Some(fetched)) if !root.starts_with(fetched) => fetched.to_owned(),
            (root, _) => root,
        };
        Self { folder: folder.to_owned(), root, is_fetched: fetched.is_some() }
    }

    /// Whether what the user's environment says is meant for it.
    pub(super) fn is_own(&self) -> bool {
        !self.is_fetched
    }

    pub(super) fn find(&self, variable: Option<&OsStr>) -> Found {
        match variable.filter(|_| self.is_own()) {
            Some(named) if named.is_empty() => Found::Off,
            Some(named) => {
                let mut looked = vec![self.folder.join(named), self.root.join(named)];
                looked.dedup();
                match looked.iter().find(|path| path.exists()) {
                    Some(path) => Found::At(vec![path.clone()]),
                    None => Found::Absent { looked },
                }
            }
            None => {
                let mut looked = Vec::new();
                for folder in self.folder.ancestors() {
                    let places = NAMES.map(|name| folder.join(name));
                    let there: Vec<_> = places.iter().filter(|it| it.exists()).cloned().collect();
                    if !there.is_empty() {
                        return Found::At(there);
                    }
                    looked.extend(places);
                    if folder == self.root {
                        break;
                    }
                }
                Found::Nothing { looked }
            }
        }
    }

    /// A path as errors call it: from the workspace, as the compiler calls its own.
    pub(super) fn shown(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).ok().filter(|it| !it.as_os_str().is_empty());
        inside.unwrap_or(path).display().to_string().replace('\\', "/")
    }
}

/// The first folder with the manifest of a workspace, or else the last one with a manifest. What lies above
/// is somebody else's.
fn root(folder: &Path) -> PathBuf {
    let mut last = folder;
    for folder in folder.ancestors() {
        let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        last = folder;
        if manifest.lines().any(is_workspace) {
            break;
        }
    }
    last.to_owned()
}

fn is_workspace(line: &str) -> bool {
    let rest = line.trim_start().strip_prefix('[').map(str::trim_start);
    let rest = rest.and_then(|rest| rest.strip_prefix("workspace"));
    rest.is_some_and(|rest| rest.trim_start().starts_with([']', '.']))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::templates::testing::Scratch;

    fn found(folder: &Path, variable: Option<&str>) -> Found {
        Package::of(folder).find(variable.map(OsStr::new))
    }

    #[test]
    fn a_folder_is_found_beside_the_manifest_or_above_it_up_to_the_workspace() {
        let scratch = Scratch::new("find");
        scratch.write("whatsapp-templates/outside.json", "[]");
        scratch.write("house/Cargo.toml", "[package]\n[ workspace ]\nmembers = []\n");
        scratch.write("house/crates/shop/Cargo.toml", "[package]\n");
        let (house, shop) = (scratch.path("house"), scratch.path("house/crates/shop"));
        let looked = ["house/crates/shop", "house/crates", "house"];
        let looked = looked.iter().flat_map(|folder| NAMES.map(|it| scratch.path(folder).join(it)));
        assert_eq!(found(&shop, None), Found::Nothing { looked: looked.collect() });

        scratch.write("house/whatsapp-templates.json", "[]");
        assert_eq!(found(&shop, None), Found::At(vec![house.join(NAMES[1])]));
        scratch.write("house/whatsapp-templates/a.json", "[]");
        assert_eq!(found(&shop, None), Found::At(NAMES.map(|it| house.join(it)).to_vec()));
        scratch.write("house/crates/shop/whatsapp-templates/a.json", "[]");
        assert_eq!(found(&shop, None), Found::At(vec![shop.join(NAMES[0])]));
    }

    #[test]
    fn without_a_workspace_the_last_manifest_is_the_end() {
        let scratch = Scratch::new("find-alone");
        scratch.write("whatsapp-templates.json", "[]");
        scratch.write("alone/Cargo.toml", "[package]\nworkspaces = 1\n# [workspace]\n");
        let alone = scratch.path("alone");
        let looked = NAMES.map(|it| alone.join(it)).to_vec();
        // Unless a manifest lies around the scratch folder itself.
        if Package::of(&alone).root == alone {
            assert_eq!(found(&alone, None), Found::Nothing { looked });
        }
    }

    #[test]
    fn the_variable_goes_before_and_may_be_relative_to_both_folders() {
        let scratch = Scratch::new("find-variable");
        scratch.write("Cargo.toml", "[workspace.package]\n");
        scratch.write("shop/Cargo.toml", "[package]\n");
        scratch.write("shop/whatsapp-templates/a.json", "[]");
        scratch.write("shop/test.json", "[]");
        scratch.write("live/a.json", "[]");
        let shop = scratch.path("shop");
        assert_eq!(found(&shop, Some("")), Found::Off);
        assert_eq!(found(&shop, Some("test.json")), Found::At(vec![shop.join("test.json")]));
        assert_eq!(found(&shop, Some("live")), Found::At(vec![scratch.path("live")]));
        let absolute = scratch.path("live/a.json");
        assert_eq!(found(&shop, absolute.to_str()), Found::At(vec![absolute]));
        let looked = vec![shop.join("gone"), scratch.path("gone")];
        assert_eq!(found(&shop, Some("gone")), Found::Absent { looked });
    }

    #[test]
    fn a_package_that_cargo_fetched_has_only_what_it_brings() {
        let scratch = Scratch::new("find-fetched");
        scratch.write("Cargo.toml", "[workspace]\n");
        scratch.write("whatsapp-templates/a.json", "[]");
        for (mark, folder) in [(MARK_OF_FETCHED, "registry"), (MARK_OF_VENDORED, "vendor")] {
            scratch.write(&format!("{folder}/Cargo.toml"), "[package]\n");
            scratch.write(&format!("{folder}/{mark}"), "{}");
            let folder = scratch.path(folder);
            let nothing = Found::Nothing { looked: NAMES.map(|it| folder.join(it)).to_vec() };
            assert_eq!(found(&folder, None), nothing);
            assert_eq!(found(&folder, Some("../../whatsapp-templates")), nothing);
            fs::write(folder.join(NAMES[1]), "[]").unwrap();
            assert_eq!(found(&folder, None), Found::At(vec![folder.join(NAMES[1])]));
        }
    }

    #[test]
    fn a_table_of_a_manifest_is_told_from_what_looks_like_it() {
        assert!(
            ["[workspace]", " [ workspace ] # all", "[workspace.package]"].map(is_workspace)
                == [true; 3]
        );
        assert!(
            ["[workspaces]", "# [workspace]", "workspace = true"].map(is_workspace) == [false; 3]
        );
    }
}
