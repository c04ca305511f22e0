//! The demands of a definition on a message.

use crate::{
    error::{Error, Result, each},
    read::keys::{Keys, sentence},
    templates::model::{
        Beside, Button, Component, Demands, Format, Mark, Named, Need, Refusal, Role, Sendable,
        Status,
    },
    yaml::Node,
};

/// What a message calls things.
const SENT: [&str; 14] = [
    "way",
    "name",
    "language",
    "components",
    "tag",
    "parameters",
    "parameter-name",
    "text",
    "button",
    "sub-type",
    "index",
    "cards",
    "card-index",
    "buttons",
];
/// What a definition calls things.
const MEMBERS: [&str; 16] = [
    "page",
    "more",
    "name",
    "language",
    "status",
    "category",
    "codes",
    "parameter-format",
    "named",
    "components",
    "tag",
    "format",
    "text",
    "example",
    "buttons",
    "cards",
];

pub(super) fn read(document: &Node, node: &Node) -> Result<(Demands, Vec<Refusal>)> {
    let mut keys = Keys::new(node)?;
    let mut errors = Vec::new();
    let sent = named(keys.need("sent")?, &SENT, |keys| {
        let codes_most = keys.need("codes-most")?.count()?;
        let no_codes_to = pair(keys.need("no-codes-to")?, "is")?;
        Ok((no_codes_to, pair(keys.need("codes-need")?, "or")?, codes_most))
    });
    let sent = kept(sent, &mut errors);
    let members = kept(named(keys.need("members")?, &MEMBERS, |_| Ok(())), &mut errors);
    let reader = Reader { document };
    let components = rows(keys.need("components")?, |name, node| reader.component(name, node));
    let components = kept(components, &mut errors);
    let formats = rows(keys.need("formats")?, |name, node| reader.format(name, node));
    let formats = kept(formats, &mut errors);
    let buttons = rows(keys.need("buttons")?, |name, node| reader.button(name, node));
    let buttons = kept(buttons, &mut errors);
    let marks = kept(each(keys.need("marks")?.items()?.iter().map(mark)), &mut errors);
    let beside = kept(each(keys.need("beside")?.items()?.iter().map(beside)), &mut errors);
    let statuses = kept(rows(keys.need("statuses")?, status), &mut errors);
    let refusals = kept(rows(keys.need("refusals")?, refusal), &mut errors);
    errors.extend(keys.finish().err());
    let all = (|| {
        let ((sent, (no_codes_to, codes_need, codes_most)), (members, ())) = (sent?, members?);
        let (components, formats, buttons) = (components?, formats?, buttons?);
        let (marks, beside, statuses) = (marks?, beside?, statuses?);
        let demands = Demands {
            sent,
            no_codes_to,
            codes_need,
            codes_most,
            members,
            components,
            formats,
            buttons,
            marks,
            beside,
            statuses,
        };
        Some((demands, refusals?))
    })();
    match all {
        Some(all) if errors.is_empty() => Ok(all),
        _ => Err(Error::several(errors)),
    }
}

/// What went well, and otherwise its error among the others.
fn kept<T>(result: Result<T>, errors: &mut Vec<Error>) -> Option<T> {
    result.map_err(|error| errors.push(error)).ok()
}

fn rows<T>(node: &Node, read: impl Fn(&str, &Node) -> Result<T>) -> Result<Vec<T>> {
    each(node.members()?.iter().map(|(name, node)| read(name, node)))
}

fn named<T>(
    node: &Node,
    keywords: &'static [&'static str],
    more: impl FnOnce(&mut Keys<'_>) -> Result<T>,
) -> Result<(Named, T)> {
    let mut keys = Keys::new(node)?;
    let of = keys.need("of")?.text()?.to_owned();
    let names = each(keywords.iter().map(|keyword| {
        let name = keys.need(keyword)?;
        match name.text()? {
            "" => Err(name.error("a name is missing")),
            text => Ok((*keyword, text.to_owned())),
        }
    }))?;
    let more = more(&mut keys)?;
    keys.finish()?;
    Ok((Named { place: node.place.clone(), of, names }, more))
}

/// A member, and a word about it.
fn pair(node: &Node, keyword: &'static str) -> Result<(String, String)> {
    let mut keys = Keys::new(node)?;
    let (member, word) = (keys.need("member")?.text()?, keys.need(keyword)?.text()?);
    keys.finish()?;
    Ok((member.to_owned(), word.to_owned()))
}

/// The members of a way such as `action.flow_action_data`.
fn way(node: &Node) -> Result<Vec<String>> {
    let steps: Vec<_> = node.text()?.split('.').map(str::to_owned).collect();
    if steps.iter().any(String::is_empty) {
        return Err(node.error("expected a way through members, such as `language.code`"));
    }
    Ok(steps)
}

struct Reader<'n> {
    document: &'n Node,
}

impl Reader<'_> {
    fn component(&self, name: &str, node: &Node) -> Result<Component> {
        let mut keys = Keys::new(node)?;
        let role = role(keys.need("role")?)?;
        let sent_as = keys.text("sent-as")?;
        let needed_with = keys.take("needed-with").map_or(Ok(Vec::new()), way)?;
        let most = (self.most(keys.take("most"))?, self.most(keys.take("most-in-card"))?);
        let (says, write) = (sentence(keys.need("says")?)?, keys.text("write")?);
        keys.finish()?;
        if sent_as.is_empty() != (role == Role::Fixed) {
            return Err(node.error("each component has `sent-as`, but for those that are `fixed`"));
        }
        if write.is_empty() != sent_as.is_empty() {
            return Err(node.error("`write` goes with `sent-as`: how it is written"));
        }
        if !needed_with.is_empty() && role != Role::Part {
            return Err(node.error("`needed-with` goes with the role `part`"));
        }
        let (place, name) = (node.place.clone(), name.to_owned());
        Ok(Component { place, name, role, sent_as, needed_with, most, says, write })
    }

    fn format(&self, name: &str, node: &Node) -> Result<Format> {
        let mut keys = Keys::new(node)?;
        let takes = keys.need("takes")?.text()?.to_owned();
        let component = keys.need("component")?;
        let need = need(component)?;
        let any_number = keys.flag("any-number")?;
        let is_known = keys.take("known").map_or(Ok(true), Node::boolean)?;
        let most = self.most(keys.take("most"))?;
        let says = sentence(keys.need("says")?)?;
        keys.finish()?;
        if !matches!(need, Need::Required | Need::WithVariable) {
            return Err(component.error("a header is filled always, or `with-variable`"));
        }
        let (place, name) = (node.place.clone(), name.to_owned());
        Ok(Format { place, name, takes, need, any_number, is_known, most, says })
    }

    fn button(&self, name: &str, node: &Node) -> Result<Button> {
        let mut keys = Keys::new(node)?;
        let sent_as = keys.text("sent-as")?;
        let need = need(keys.need("component")?)?;
        let variable_in = keys.text("variable-in")?;
        let most = self.most(keys.take("most"))?;
        let (says, write) = (sentence(keys.need("says")?)?, keys.text("write")?);
        let useful_with = keys.take("useful-with").map(useful_with).transpose()?;
        let is_code = keys.flag("code")?;
        keys.finish()?;
        if sent_as.is_empty() != (need == Need::Never) {
            return Err(
                node.error("each button has `sent-as`, but for those that are `never` filled")
            );
        }
        if write.is_empty() != sent_as.is_empty() {
            return Err(node.error("`write` goes with `sent-as`: how it is written"));
        }
        if variable_in.is_empty() != (need != Need::WithVariable) {
            return Err(node.error("`variable-in` goes with `component: with-variable`"));
        }
        if most.is_some() && variable_in.is_empty() {
            return Err(node.error("`most` goes with `variable-in`"));
        }
        let (place, name) = (node.place.clone(), name.to_owned());
        Ok(Button {
            place,
            name,
            sent_as,
            need,
            variable_in,
            most,
            says,
            write,
            useful_with,
            is_code,
        })
    }

    /// The greatest length of a text that creates a template, which stands nowhere else.
    fn most(&self, node: Option<&Node>) -> Result<Option<usize>> {
        let Some(node) = node else { return Ok(None) };
        let name = node.reference()?;
        let most = self.document.at(&format!("/components/schemas/{name}/maxLength"));
        let most =
            most.ok_or_else(|| node.error(format!("there is no text `{name}` with `maxLength`")))?;
        most.count().map(Some)
    }
}

fn role(node: &Node) -> Result<Role> {
    Ok(match node.text()? {
        "header" => Role::Header,
        "body" => Role::Body,
        "buttons" => Role::Buttons,
        "cards" => Role::Cards,
        "part" => Role::Part,
        "fixed" => Role::Fixed,
        other => {
            return Err(node.error(format!(
                "the roles are `header`, `body`, `buttons`, `cards`, `part` and `fixed`, and not `{other}`"
            )));
        }
    })
}

fn need(node: &Node) -> Result<Need> {
    Ok(match node.text()? {
        "required" => Need::Required,
        "with-variable" => Need::WithVariable,
        "optional" => Need::Optional,
        "never" => Need::Never,
        other => {
            return Err(node.error(format!(
                "a component is `required`, `with-variable`, `optional` or `never`, and not `{other}`"
            )));
        }
    })
}

fn useful_with(node: &Node) -> Result<(Vec<String>, String, String)> {
    let mut keys = Keys::new(node)?;
    let value = way(keys.need("value")?)?;
    let (member, is) = (keys.need("member")?.text()?, keys.need("is")?.text()?);
    keys.finish()?;
    Ok((value, member.to_owned(), is.to_owned()))
}

fn mark(node: &Node) -> Result<Mark> {
    let mut keys = Keys::new(node)?;
    let member = keys.need("member")?.text()?.to_owned();
    let values = keys.need("values")?.texts()?;
    let sent_as = keys.need("sent-as")?.text()?.to_owned();
    let (says, write) = (sentence(keys.need("says")?)?, keys.need("write")?.text()?.to_owned());
    keys.finish()?;
    if values.is_empty() {
        return Err(node.error("a mark names at least one value"));
    }
    Ok(Mark { place: node.place.clone(), member, values, sent_as, says, write })
}

fn beside(node: &Node) -> Result<Beside> {
    let mut keys = Keys::new(node)?;
    let (sent_as, button) = (keys.need("sent-as")?.text()?, keys.need("button")?.text()?);
    let (sent_as, button) = (sent_as.to_owned(), button.to_owned());
    keys.finish()?;
    Ok(Beside { place: node.place.clone(), sent_as, button })
}

fn status(name: &str, node: &Node) -> Result<Status> {
    let mut keys = Keys::new(node)?;
    let sendable = keys.need("sendable")?;
    let sendable = match sendable.text()? {
        "always" => Sendable::Always,
        "not-now" => Sendable::NotNow,
        "never" => Sendable::Never,
        other => {
            return Err(sendable.error(format!(
                "a template can be sent `always`, `not-now` or `never`, and not `{other}`"
            )));
        }
    };
    let code = keys.take("code").map(Node::integer).transpose()?;
    let says = sentence(keys.need("says")?)?;
    keys.finish()?;
    if code.is_some() == (sendable == Sendable::Always) {
        return Err(node.error("a `code` goes with what cannot be sent, and with nothing else"));
    }
    Ok(Status { place: node.place.clone(), name: name.to_owned(), sendable, code, says })
}

fn refusal(name: &str, node: &Node) -> Result<Refusal> {
    let mut keys = Keys::new(node)?;
    let (code, subcode) = (keys.need("code")?.integer()?, keys.need("subcode")?.integer()?);
    let says = sentence(keys.need("says")?)?;
    keys.finish()?;
    Ok(Refusal { name: name.to_owned(), code, subcode, says })
}
