//! The kinds of message, found from the request bodies.

use crate::{
    error::{Error, Hints, Result},
    model::{ArmObject, Description, Kind, Object, Type},
    yaml::Node,
};

/// The kinds of message, with the tags that lead to them.
pub(super) fn kinds(description: &Description, requests: &[&str]) -> Result<Vec<Kind>> {
    let mut kinds: Vec<Kind> = Vec::new();
    let is_request = |object: &&Object| requests.contains(&object.name.as_str());
    for root in description.objects().filter(is_request) {
        find_kinds(description, root, root, &mut Vec::new(), &mut kinds)?;
    }
    Ok(kinds)
}

fn find_kinds(
    description: &Description,
    root: &Object,
    object: &Object,
    tags: &mut Vec<String>,
    kinds: &mut Vec<Kind>,
) -> Result<()> {
    if let Some(name) = &object.kind {
        if kinds.iter().any(|kind| kind.name == *name) {
            let message = format!("two kinds are called `{name}`");
            return Err(Error::at(&object.place, message));
        }
        kinds.push(Kind {
            name: name.clone(),
            description: object.description.clone(),
            root: root.name.clone(),
            tags: tags.clone(),
        });
        return Ok(());
    }
    for arm in object.union.iter().flat_map(|union| &union.arms) {
        let Some(inner) = description.arm_object(arm) else {
            continue;
        };
        tags.push(arm.value.clone());
        find_kinds(description, root, inner, tags, kinds)?;
        tags.pop();
    }
    for field in object.fields.iter().filter(|field| field.lifted) {
        if let Type::Object(name) = &field.value
            && let Some(inner) = description.object(name)
        {
            find_kinds(description, root, inner, tags, kinds)?;
        }
    }
    Ok(())
}

/// Refuses `x-kind` where the macro would never find it.
pub(super) fn refuse_lost(description: &Description, document: &Node) -> Result<()> {
    let mut lost = Vec::new();
    let mut seen = Vec::new();
    for object in description.objects() {
        let arms = object.union.iter().flat_map(|union| &union.arms);
        let inline = arms.filter_map(|arm| match &arm.object {
            ArmObject::Inline(inner) => Some(&**inner),
            ArmObject::Named(_) => None,
        });
        for object in inline.chain([object]) {
            let Some(kind) = &object.kind else {
                continue;
            };
            let is_known = description.kinds.iter().any(|known| known.name == *kind);
            if is_known && !seen.contains(&kind) {
                seen.push(kind);
                continue;
            }
            let message = if is_known {
                format!("two kinds are called `{kind}`")
            } else {
                format!("no request body leads to the kind `{kind}`")
            };
            let place = format!("{}/x-kind", object.place.pointer);
            let place = document.at(&place).map_or(&object.place, |node| &node.place);
            let help = "a kind is found from a request body through arms of unions and `x-lift`";
            let hints = Hints { help: Some(help.to_owned()), ..Hints::default() };
            lost.push(Error::at(place, message).with_hints(hints));
        }
    }
    if lost.is_empty() { Ok(()) } else { Err(Error::several(lost)) }
}
