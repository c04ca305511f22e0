//! The requests.

use super::{each, sentence};
use crate::{
    error::Result,
    media::model::{Operation, Parameter, Part},
    read::keys::Keys,
    yaml::Node,
};

const METHODS: [&str; 3] = ["get", "post", "delete"];

/// Reads the requests, and the name of the schema of the form that one of them posts.
pub(super) fn read(document: &Node, schemes: &Node) -> Result<(Vec<Operation>, String)> {
    let paths = document.get("paths").ok_or_else(|| document.error("`paths` is missing"))?;
    let usual = document.get("security").ok_or_else(|| document.error("`security` is missing"))?;
    let reader = Reader { schemes, usual };
    let mut operations = Vec::new();
    let mut forms = Vec::new();
    for (path, node) in paths.members()? {
        let mut keys = Keys::new(node)?;
        let around = keys.take("parameters").map_or(Ok(&[][..]), Node::items)?;
        let is_at_the_api = keys.take("servers").is_none();
        for method in METHODS {
            let Some(node) = keys.take(method) else { continue };
            let (mut operation, form) = reader.operation(node, around)?;
            operation.method = method.to_ascii_uppercase();
            operation.path.clone_from(path);
            operation.is_at_the_api = is_at_the_api;
            fits(&operation)?;
            operations.push(operation);
            forms.extend(form);
        }
        keys.finish()?;
    }
    match <[String; 1]>::try_from(forms) {
        Ok([form]) => Ok((operations, form)),
        Err(_) => Err(paths.error("one request posts `multipart/form-data`")),
    }
}

struct Reader<'n> {
    schemes: &'n Node,
    /// What is asked for where nothing is said.
    usual: &'n Node,
}

impl Reader<'_> {
    fn operation(&self, node: &Node, around: &[Node]) -> Result<(Operation, Option<String>)> {
        let mut keys = Keys::new(node)?;
        let id = keys.need("operationId")?.text()?.to_owned();
        keys.need("tags")?.texts()?;
        let summary = keys.need("summary")?.text()?.to_owned();
        keys.take("description");
        let may_repeat = keys.take("x-may-repeat").map(sentence).transpose()?;
        let authorization = self.word(keys.take("security").unwrap_or(self.usual))?;
        let own = keys.take("parameters").map_or(Ok(&[][..]), Node::items)?;
        let parameters = each(around.iter().chain(own).map(parameter))?;
        let form =
            keys.take("requestBody").and_then(|body| body.at("/content/multipart~1form-data"));
        let form = form.map(|form| -> Result<String> {
            let mut keys = Keys::new(form)?;
            let mut schema = Keys::new(keys.need("schema")?)?;
            Ok(schema.need("$ref")?.reference()?.to_owned())
        });
        let form = form.transpose()?;
        let answers = keys.need("responses")?;
        keys.finish()?;
        let answer = answers.at("/200/content/application~1json/schema/$ref");
        let answer = answer.map(Node::reference).transpose()?.map(str::to_owned);
        let place = node.place.clone();
        let operation = Operation {
            place,
            id,
            method: String::new(),
            path: String::new(),
            summary,
            authorization,
            may_repeat,
            is_at_the_api: true,
            parameters,
            answer,
        };
        Ok((operation, form))
    }

    /// The word before the token.
    fn word(&self, security: &Node) -> Result<String> {
        let refused = || security.error("a request is secured in one way");
        let [scheme] = security.items()? else { return Err(refused()) };
        let [(name, _)] = scheme.members()? else { return Err(refused()) };
        let scheme = self.schemes.get(name);
        let scheme =
            scheme.ok_or_else(|| security.error(format!("there is no scheme `{name}`")))?;
        let mut keys = Keys::new(scheme)?;
        keys.need("description")?.text()?;
        let word = match keys.need("type")?.text()? {
            "http" => {
                let word = keys.need("scheme")?.text()?;
                let (first, rest) = word.split_at_checked(1).unwrap_or_default();
                first.to_ascii_uppercase() + rest
            }
            "apiKey" => {
                keys.need("in")?;
                keys.need("name")?;
                keys.need("x-word")?.text()?.to_owned()
            }
            other => return Err(scheme.error(format!("no request is secured by `{other}`"))),
        };
        keys.finish()?;
        Ok(word)
    }
}

fn parameter(node: &Node) -> Result<Parameter> {
    let mut keys = Keys::new(node)?;
    let name = keys.need("name")?.text()?.to_owned();
    let part = keys.need("in")?;
    let part = match part.text()? {
        "path" => Part::Path,
        "query" => Part::Query,
        "header" => Part::Header,
        other => return Err(part.error(format!("a parameter does not stand in `{other}`"))),
    };
    let required = keys.flag("required")?;
    keys.need("description")?.text()?;
    let mut schema = Keys::new(keys.need("schema")?)?;
    let kind = schema.need("type")?;
    let is_number = match kind.text()? {
        "string" => false,
        "integer" => true,
        other => return Err(kind.error(format!("a parameter is no `{other}`"))),
    };
    schema.finish()?;
    keys.finish()?;
    if part == Part::Path && (is_number || !required) {
        return Err(node.error("what stands in a path is a text, and required"));
    }
    Ok(Parameter { name, part, is_number, required })
}

/// Whether the path and its parameters name the same.
fn fits(operation: &Operation) -> Result<()> {
    let error = |message: String| Err(crate::error::Error::at(&operation.place, message));
    let names = operation.path.split('{').skip(1);
    let names: Vec<_> = names.filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    let in_path = |parameter: &&Parameter| parameter.part == Part::Path;
    if let Some(lost) = names.iter().find(|name| {
        !operation.parameters.iter().filter(in_path).any(|parameter| parameter.name == **name)
    }) {
        return error(format!("the path has `{lost}`, which is no parameter"));
    }
    match operation
        .parameters
        .iter()
        .filter(in_path)
        .find(|parameter| !names.contains(&parameter.name.as_str()))
    {
        None => Ok(()),
        Some(lost) => error(format!("the path has no `{}`", lost.name)),
    }
}
