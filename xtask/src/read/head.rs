//! The head of the file: where the API is, and which schemas it takes.

use crate::{
    error::Result,
    yaml::{self, Node},
};

/// The address of the API without its version, and the version.
pub(super) fn server(document: &Node) -> Result<(String, String)> {
    let missing = || document.error("`servers` has to hold one server with the variable `version`");
    let servers = document.get("servers").ok_or_else(missing)?.items()?;
    let [server] = servers else {
        return Err(missing());
    };
    let url = server.get("url").ok_or_else(missing)?.text()?;
    let base = url.strip_suffix("/{version}").ok_or_else(missing)?;
    let variable = server.get("variables").and_then(|variables| variables.get("version"));
    let version = variable.and_then(|variable| variable.get("default")).ok_or_else(missing)?;
    Ok((base.to_owned(), version.text()?.to_owned()))
}

/// The schemas that `paths` names as request bodies.
pub(super) fn requests(document: &Node) -> Result<Vec<&str>> {
    let mut found = Vec::new();
    if let Some(paths) = document.get("paths") {
        find_requests(paths, false, &mut found)?;
    }
    if found.is_empty() {
        return Err(document.error("`paths` has to name a `requestBody`"));
    }
    Ok(found)
}

fn find_requests<'n>(node: &'n Node, is_request: bool, found: &mut Vec<&'n str>) -> Result<()> {
    match &node.value {
        yaml::Value::Map(members) => {
            for (name, member) in members {
                if is_request && name == "$ref" {
                    found.push(member.reference()?);
                } else {
                    find_requests(member, is_request || name == "requestBody", found)?;
                }
            }
            Ok(())
        }
        yaml::Value::List(items) => {
            items.iter().try_for_each(|item| find_requests(item, is_request, found))
        }
        _ => Ok(()),
    }
}
