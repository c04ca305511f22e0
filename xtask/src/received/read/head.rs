//! The head of the file: the fields, and what a request is.

use crate::{error::Result, read::keys::Keys, received::model::WebhookField, yaml::Node};

/// The fields, and the name of the schema that each of them posts.
pub(super) fn webhooks(document: &Node) -> Result<(Vec<WebhookField>, String)> {
    let webhooks =
        document.get("webhooks").ok_or_else(|| document.error("`webhooks` is missing"))?;
    let mut root: Option<String> = None;
    let mut fields = Vec::new();
    for (name, node) in webhooks.members()? {
        let mut keys = Keys::new(node)?;
        let post = keys.need("post")?;
        keys.finish()?;
        let mut keys = Keys::new(post)?;
        keys.take("operationId");
        keys.take("responses");
        let group = keys.need("tags")?.texts()?.into_iter().next();
        let group = group.ok_or_else(|| post.error("a webhook needs a tag: what it is about"))?;
        let summary = keys.need("summary")?.text()?.to_owned();
        let body = keys.need("requestBody")?;
        keys.finish()?;
        let media = body.at("/content/application~1json");
        let media = media.ok_or_else(|| body.error("a webhook posts `application/json`"))?;
        let mut keys = Keys::new(media)?;
        let schema = keys.need("schema")?;
        let reference = Keys::new(schema)?.need("$ref")?;
        let posted = reference.reference()?;
        if root.get_or_insert_with(|| posted.to_owned()) != posted {
            return Err(reference.error("all webhooks post the same schema"));
        }
        let examples = media.get("examples").map_or(Ok(&[][..]), Node::members)?;
        let file =
            |example: &Node| Ok(Keys::new(example)?.need("externalValue")?.text()?.to_owned());
        let examples = examples.iter().map(|(_, example)| file(example));
        let examples = examples.collect::<Result<_>>()?;
        fields.push(WebhookField { name: name.clone(), group, summary, examples });
    }
    let root = root.ok_or_else(|| webhooks.error("there is no webhook"))?;
    Ok((fields, root))
}
