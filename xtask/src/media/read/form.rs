//! The form of an upload.

use crate::{error::Result, media::model::Form, read::keys::Keys, yaml::Node};

pub(super) fn read(node: &Node) -> Result<Form> {
    let mut keys = Keys::new(node)?;
    keys.expect_type("object")?;
    keys.need("description")?.text()?;
    keys.take("x-label");
    let (properties, required) = keys.properties()?;
    let closed = keys.need("additionalProperties")?;
    if closed.boolean()? {
        return Err(closed.error("a form has the members that it names"));
    }
    keys.finish()?;
    let mut file = None;
    let (mut constants, mut texts, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    for (name, node) in properties {
        let is_required = required.contains(name);
        let mut keys = Keys::new(node)?;
        keys.need("description")?.text()?;
        let kind = keys.need("type")?.text()?;
        let (constant, bytes) = (keys.take("const"), keys.take("contentMediaType"));
        match (kind, constant, bytes) {
            ("string", Some(constant), None) if is_required => {
                constants.push((name.clone(), constant.text()?.to_owned()));
            }
            ("string", None, Some(_)) if is_required => {
                if file.replace(name.clone()).is_some() {
                    return Err(node.error("a form holds one file"));
                }
            }
            ("string", None, None) if is_required => {
                keys.take("minLength");
                texts.push(name.clone());
            }
            ("integer", None, None) if !is_required => {
                let (least, most) = (keys.need("minimum")?, keys.need("maximum")?);
                let bound = |node: &Node| -> Result<u64> {
                    u64::try_from(node.count()?).map_err(|_| node.error("expected a number"))
                };
                numbers.push((name.clone(), bound(least)?, bound(most)?));
            }
            _ => {
                return Err(node.error(
                    "a form has constants, a file and texts, all required, and whole numbers that are not",
                ));
            }
        }
        keys.finish()?;
    }
    let file = file.ok_or_else(|| node.error("a form for an upload holds a file"))?;
    Ok(Form { constants, file, texts, numbers })
}
