//! Kinds and types of files.

use crate::{
    error::{Result, each},
    media::model::{FileType, Form, Kind, Refusal, Sniffed, Tables},
    read::keys::{Keys, sentence},
    requests::Operation,
    yaml::Node,
};

pub(super) fn read(node: &Node, operations: Vec<Operation>, form: Form) -> Result<Tables> {
    let mut keys = Keys::new(node)?;
    let most = size(keys.need("most")?)?;
    let kinds = keys.need("kinds")?.members()?.iter();
    let kinds = each(kinds.map(|(name, node)| kind(name, node)))?;
    let mut samples = Keys::new(keys.need("samples")?)?;
    let sample_types = types(samples.need("types")?)?;
    samples.finish()?;
    let lives = keys.need("lives")?.members()?.iter();
    let lives = each(lives.map(|(name, node)| Ok((name.clone(), time(node)?))))?;
    let hosts = keys.need("hosts")?;
    let hosts = each(hosts.items()?.iter().map(host))?;
    let refusals = keys.need("refusals")?.members()?.iter();
    let refusals = each(refusals.map(|(name, node)| refusal(name, node)))?;
    keys.finish()?;
    Ok(Tables { most, kinds, samples: sample_types, lives, hosts, refusals, operations, form })
}

fn kind(name: &str, node: &Node) -> Result<Kind> {
    let mut keys = Keys::new(node)?;
    let most = size(keys.need("most")?)?;
    let most_animated = keys.take("most-animated").map(size).transpose()?;
    let says = keys.take("says").map(sentence).transpose()?;
    let other_types = keys.take("other-types").map(sentence).transpose()?;
    let types = types(keys.need("types")?)?;
    keys.finish()?;
    let (place, name) = (node.place.clone(), name.to_owned());
    Ok(Kind { place, name, most, most_animated, says, other_types, types })
}

fn types(node: &Node) -> Result<Vec<FileType>> {
    let types = each(node.members()?.iter().map(|(name, node)| file_type(name, node)))?;
    if types.is_empty() { Err(node.error("a kind takes at least one type")) } else { Ok(types) }
}

fn file_type(name: &str, node: &Node) -> Result<FileType> {
    let mut keys = Keys::new(node)?;
    let extensions = keys.need("extensions")?;
    let sniffed_as = keys.names("sniffed-as")?;
    let sniffed = keys.take("sniffed").map(sniffed).transpose()?.unwrap_or(Sniffed::Always);
    let misspelt = keys.names("misspelt")?;
    let says = keys.take("says").map(sentence).transpose()?;
    keys.finish()?;
    if let Some(wrong) = [name]
        .into_iter()
        .chain(sniffed_as.iter().chain(&misspelt).map(String::as_str))
        .find(|name| !is_type(name))
    {
        return Err(node.error(format!("`{wrong}` is no type such as `image/png`")));
    }
    let texts = extensions.texts()?;
    let is_lower = |text: &String| {
        !text.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
    };
    if texts.is_empty() || !texts.iter().all(is_lower) {
        return Err(extensions.error("an extension is in lower case and without a dot: `jpg`"));
    }
    let (place, name) = (node.place.clone(), name.to_owned());
    Ok(FileType { place, name, extensions: texts, sniffed_as, sniffed, misspelt, says })
}

/// Whether a text is the name of a type, in lower case and without parameters.
fn is_type(text: &str) -> bool {
    let is_part = |part: &str| {
        let plain = |byte: u8| {
            byte.is_ascii_digit() || byte.is_ascii_lowercase() || b"+-._".contains(&byte)
        };
        !part.is_empty() && part.bytes().all(plain)
    };
    text.split_once('/').is_some_and(|(kind, name)| is_part(kind) && is_part(name))
}

fn sniffed(node: &Node) -> Result<Sniffed> {
    match node.text()? {
        "sometimes" => Ok(Sniffed::Sometimes),
        "never" => Ok(Sniffed::Never),
        other => {
            Err(node
                .error(format!("content tells a type `sometimes` or `never`, and not `{other}`")))
        }
    }
}

fn refusal(name: &str, node: &Node) -> Result<Refusal> {
    let mut keys = Keys::new(node)?;
    let code = keys.need("code")?.integer()?;
    let subcode = keys.take("subcode").map(Node::integer).transpose()?;
    let kind = keys.take("type").map(Node::text).transpose()?.map(str::to_owned);
    keys.finish()?;
    let (place, name) = (node.place.clone(), name.to_owned());
    Ok(Refusal { place, name, code, subcode, kind })
}

fn host(node: &Node) -> Result<String> {
    let host = node.text()?;
    let is_label = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase() || byte == b'-';
        !label.is_empty() && label.bytes().all(plain)
    };
    if host.contains('.') && host.split('.').all(is_label) {
        Ok(host.to_owned())
    } else {
        Err(node.error("expected the name of a host alone, in lower case"))
    }
}

/// A size in bytes. What a megabyte is to the API is not said, so it is the larger of both.
fn size(node: &Node) -> Result<u64> {
    let parts = node.text()?.split_once(' ');
    let parts = parts.and_then(|(count, unit)| Some((count.parse::<u64>().ok()?, unit)));
    let bytes = match parts {
        Some((count, "KB")) => count.checked_mul(1 << 10),
        Some((count, "MB")) => count.checked_mul(1 << 20),
        _ => None,
    };
    let bytes = bytes.filter(|bytes| *bytes > 0);
    bytes.ok_or_else(|| node.error("expected a size such as `5 MB`, in `KB` or `MB`"))
}

/// A time in seconds.
pub(crate) fn time(node: &Node) -> Result<u64> {
    let parts = node.text()?.split_once(' ');
    let parts = parts.and_then(|(count, unit)| Some((count.parse::<u64>().ok()?, unit)));
    let seconds = match parts {
        Some((count, "min")) => count.checked_mul(60),
        Some((count, "h")) => count.checked_mul(3600),
        Some((count, "d")) => count.checked_mul(24 * 3600),
        _ => None,
    };
    let seconds = seconds.filter(|seconds| *seconds > 0);
    seconds.ok_or_else(|| node.error("expected a time such as `5 min`, in `min`, `h` or `d`"))
}
