//! The document of fields in their places.

use wa_message_rules::names::{Dependent, Names, Way};

use super::fixed;
use crate::{
    diagnostic::Spot,
    tree::{Content, Member, Said, Tree},
};

/// Makes the document of fields in their places. An object is there if it has to be, or if a field
/// in it is given. `told` says where each value stands that has one value only.
pub(super) fn build(
    names: &Names,
    placed: Vec<(Way, Tree)>,
    told: Vec<(Spot, Said)>,
    spot: Spot,
) -> Tree {
    let mut root = Tree::new(Content::Object(Vec::new()), spot);
    root.label = Some(names.label);
    let there = |path: &[&'static str]| {
        placed.iter().any(|(given, tree)| {
            given.len() > path.len() && given.starts_with(path) && !tree.is_null()
        })
    };
    for inner in &names.objects {
        if inner.required || there(&inner.way) {
            object_at(&mut root, &inner.way, spot);
        }
    }
    for ((path, value), (at, said)) in names.fixed.iter().zip(told) {
        let owner = &path[..path.len() - 1];
        let exists = names
            .objects
            .iter()
            .filter(|inner| owner.starts_with(&inner.way))
            .all(|inner| inner.required || there(&inner.way));
        if exists && !placed.iter().any(|(given, _)| given == path) {
            insert(&mut root, path, fixed(*value, at).said(said));
        }
    }
    for Dependent { beside, way, value } in &names.dependent {
        let given = placed.iter().any(|(given, tree)| given.starts_with(beside) && !tree.is_null());
        if given && !placed.iter().any(|(given, _)| given == way) {
            insert(&mut root, way, fixed(*value, spot));
        }
    }
    for (path, value) in placed {
        insert(&mut root, &path, value);
    }
    root
}

fn object_at<'t>(
    root: &'t mut Tree,
    path: &[&'static str],
    spot: Spot,
) -> Option<&'t mut Vec<Member>> {
    let mut current = root;
    for name in path {
        let Content::Object(members) = &mut current.content else { return None };
        let at = members.iter().position(|member| member.name == *name).unwrap_or_else(|| {
            let value = Tree::new(Content::Object(Vec::new()), spot).said(Said::Unsaid);
            members.push(Member { name: (*name).to_owned(), value });
            members.len() - 1
        });
        current = &mut members[at].value;
    }
    match &mut current.content {
        Content::Object(members) => Some(members),
        _ => None,
    }
}

fn insert(root: &mut Tree, path: &[&'static str], value: Tree) {
    let Some((name, owner)) = path.split_last() else { return };
    let spot = root.spot;
    if let Some(members) = object_at(root, owner, spot) {
        members.push(Member { name: (*name).to_owned(), value });
    }
}
