//! The requests.

use std::collections::HashSet;

use heck::ToSnakeCase;

use super::{Body, Operation, Parameter, Part};
use crate::{
    error::{Error, Place, Result, each},
    read::keys::{Keys, sentence},
    yaml::Node,
};

const METHODS: [&str; 3] = ["get", "post", "delete"];

/// Reads the requests.
///
/// # Errors
///
/// When they say something that the generator does not carry through.
pub(crate) fn read(document: &Node, schemes: &Node) -> Result<Vec<Operation>> {
    let paths = document.get("paths").ok_or_else(|| document.error("`paths` is missing"))?;
    let usual = document.get("security").ok_or_else(|| document.error("`security` is missing"))?;
    let reader = Reader { schemes, usual };
    let mut operations = Vec::new();
    for (path, node) in paths.members()? {
        let mut keys = Keys::new(node)?;
        let around = keys.take("parameters").map_or(Ok(&[][..]), Node::items)?;
        let is_at_the_api = keys.take("servers").is_none();
        for method in METHODS {
            let Some(node) = keys.take(method) else { continue };
            let mut operation = reader.operation(node, around)?;
            operation.method = method.to_ascii_uppercase();
            operation.path.clone_from(path);
            operation.is_at_the_api = is_at_the_api;
            fits(&operation)?;
            operations.push(operation);
        }
        keys.finish()?;
    }
    Ok(operations)
}

/// Refuses two requests of one name.
///
/// # Errors
///
/// When there are.
pub(crate) fn distinct(operations: &[Operation]) -> Result<()> {
    let mut seen = HashSet::new();
    let twice = operations.iter().find(|operation| !seen.insert(operation.id.to_snake_case()));
    match twice {
        None => Ok(()),
        Some(Operation { place, id, .. }) => {
            Err(Error::at(place, format!("two of them are called `{}`", id.to_snake_case())))
        }
    }
}

/// Refuses requests without an answer that is known, and answers that no request has.
///
/// # Errors
///
/// When there are some.
pub(crate) fn answered<'n>(
    operations: &[Operation],
    answers: impl Iterator<Item = (&'n str, &'n Place)> + Clone,
) -> Result<()> {
    for operation in operations {
        if let Some(name) = &operation.answer
            && !answers.clone().any(|(answer, _)| answer == name)
        {
            return Err(Error::at(&operation.place, format!("there is no answer `{name}`")));
        }
    }
    let asks = |answer: &str| {
        operations.iter().any(|operation| operation.answer.as_deref() == Some(answer))
    };
    match answers.into_iter().find(|(answer, _)| !asks(answer)) {
        None => Ok(()),
        Some((_, place)) => Err(Error::at(place, "no request is answered with this")),
    }
}

struct Reader<'n> {
    schemes: &'n Node,
    /// What is asked for where nothing is said.
    usual: &'n Node,
}

impl Reader<'_> {
    fn operation(&self, node: &Node, around: &[Node]) -> Result<Operation> {
        let mut keys = Keys::new(node)?;
        let id = keys.need("operationId")?.text()?.to_owned();
        keys.need("tags")?.texts()?;
        let summary = keys.need("summary")?.text()?.to_owned();
        keys.take("description");
        let may_repeat = keys.take("x-may-repeat").map(sentence).transpose()?;
        let authorization = self.word(keys.take("security").unwrap_or(self.usual))?;
        let own = keys.take("parameters").map_or(Ok(&[][..]), Node::items)?;
        let parameters = each(around.iter().chain(own).map(parameter))?;
        let body = keys.take("requestBody").map_or(Ok(None), body)?;
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
            body,
            answer,
        };
        Ok(operation)
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

/// What is posted, unless it is bytes.
fn body(node: &Node) -> Result<Option<Body>> {
    let content = node.get("content").ok_or_else(|| node.error("`content` is missing"))?;
    let [(kind, media)] = content.members()? else {
        return Err(content.error("a body is of one type"));
    };
    let name = || -> Result<String> {
        let mut schema = Keys::new(Keys::new(media)?.need("schema")?)?;
        Ok(schema.need("$ref")?.reference()?.to_owned())
    };
    match kind.as_str() {
        "multipart/form-data" => Ok(Some(Body::Form(name()?))),
        "application/json" => Ok(Some(Body::Json(name()?))),
        "application/octet-stream" => Ok(None),
        other => Err(media.error(format!("no request posts `{other}`"))),
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
    let description = keys.need("description")?.text()?.to_owned();
    let mut schema = Keys::new(keys.need("schema")?)?;
    let kind = schema.need("type")?;
    let is_number = match kind.text()? {
        "string" => false,
        "integer" => true,
        other => return Err(kind.error(format!("a parameter is no `{other}`"))),
    };
    schema.take("minimum");
    schema.finish()?;
    keys.finish()?;
    if part == Part::Path && (is_number || !required) {
        return Err(node.error("what stands in a path is a text, and required"));
    }
    Ok(Parameter { name, description, part, is_number, required })
}

/// Whether the path and its parameters name the same.
fn fits(operation: &Operation) -> Result<()> {
    let error = |message: String| Err(Error::at(&operation.place, message));
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
