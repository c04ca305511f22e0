//! The list of templates, a page at a time.

use std::collections::HashMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hyper::http::request::Parts;
use serde_json::{Map, Value, json};

use super::{
    Answer, StoredTemplate,
    holes::{member, value_of},
};
use crate::{
    generated::templates::{FILTERS, MOST},
    refusal::Refusal,
    server::query,
    state::State,
};

/// How many definitions a page has, if nothing is said.
const USUAL: usize = 25;

/// Lists the templates that fit the query.
pub(super) fn list(head: &Parts, state: &State) -> Answer {
    let query = query(&head.uri);
    let limit = match query.get("limit").map(|limit| limit.parse::<usize>()) {
        None => USUAL,
        Some(Ok(limit)) if limit > 0 => limit,
        Some(_) => return Err(Refusal::parameter("`limit` must be a whole number from 1")),
    };
    let (after, before) = (cursor(&query, "after")?, cursor(&query, "before")?);
    let mut all = state.templates.all();
    let count = all.len();
    all.retain(|template| fits(template, &query));
    let total = all.len();
    let is_inside = |template: &&StoredTemplate| {
        let number = template.number();
        after.is_none_or(|after| number > after) && before.is_none_or(|before| number < before)
    };
    let inside: Vec<_> = all.iter().filter(is_inside).collect();
    // Before a cursor, a page has the last ones.
    let skipped = if before.is_some() { inside.len().saturating_sub(limit) } else { 0 };
    let page: Vec<_> = inside.into_iter().skip(skipped).take(limit).collect();
    let mut answer =
        json!({ "data": page.iter().map(|one| one.json().clone()).collect::<Vec<_>>() });
    if let (Some(first), Some(last)) = (page.first(), page.last()) {
        let cursors = json!({ "before": written(first), "after": written(last) });
        let mut paging = json!({ "cursors": cursors });
        let goes_on = |to: &str, at: &StoredTemplate| address(head, state, &query, to, at).into();
        if all.last().is_some_and(|end| end.number() > last.number()) {
            paging["next"] = goes_on("after", last);
        }
        if all.first().is_some_and(|end| end.number() < first.number()) {
            paging["previous"] = goes_on("before", first);
        }
        answer["paging"] = paging;
    }
    if let Some(asked) = query.get("summary") {
        answer["summary"] = summary(asked, total, count, state);
    }
    Ok(answer)
}

/// What was counted beside the page.
fn summary(asked: &str, total: usize, count: usize, state: &State) -> Value {
    let mut summary = Map::new();
    for name in asked.split(',').map(str::trim) {
        let value: Value = match name {
            "total_count" => total.into(),
            "message_template_count" => count.into(),
            "message_template_limit" => MOST.into(),
            "are_translations_complete" => are_complete(&state.templates.all()).into(),
            _ => continue,
        };
        summary.insert(name.to_owned(), value);
    }
    summary.into()
}

/// Whether each name is there in as many languages as any.
fn are_complete(all: &[StoredTemplate]) -> bool {
    let mut languages: HashMap<&str, usize> = HashMap::new();
    for template in all {
        *languages.entry(template.name()).or_default() += 1;
    }
    let most = languages.values().max();
    languages.values().all(|count| Some(count) == most)
}

/// Whether a template is one that is asked for.
fn fits(template: &StoredTemplate, query: &HashMap<String, String>) -> bool {
    FILTERS.iter().all(|(name, is_part, ways)| {
        let Some(asked) = query.get(*name) else { return true };
        let fits: Box<dyn Fn(&str) -> bool> = if *is_part {
            Box::new(move |text| text.contains(asked))
        } else {
            let asked = asked_for(asked);
            Box::new(move |text| asked.iter().any(|one| is_same(one, text)))
        };
        ways.iter().any(|way| {
            value_of(way, &|way| member(template.json(), way))
                .is_some_and(|found| any(&found, &fits))
        })
    })
}

/// Whether one of the texts of a value fits. Of a list of lists, the texts in it.
fn any(value: &Value, fits: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => fits(text),
        Value::Array(items) => items.iter().any(|item| any(item, fits)),
        _ => false,
    }
}

/// Whether two words are the same, in any case, and codes of languages with either sign between.
fn is_same(one: &str, other: &str) -> bool {
    let plain = |byte: u8| if byte == b'-' { b'_' } else { byte.to_ascii_lowercase() };
    one.bytes().map(plain).eq(other.bytes().map(plain))
}

/// Several values: a JSON array, or with commas between.
fn asked_for(text: &str) -> Vec<String> {
    serde_json::from_str(text)
        .unwrap_or_else(|_| text.split(',').map(|one| one.trim().to_owned()).collect())
}

/// The cursor at a template.
fn written(template: &StoredTemplate) -> String {
    STANDARD.encode(template.number().to_string())
}

/// The number behind a cursor.
fn cursor(query: &HashMap<String, String>, name: &str) -> Result<Option<u64>, Refusal> {
    let Some(cursor) = query.get(name).filter(|cursor| !cursor.is_empty()) else { return Ok(None) };
    let number = STANDARD.decode(cursor).ok();
    let number = number.and_then(|number| String::from_utf8(number).ok()?.parse().ok());
    match number {
        Some(number) => Ok(Some(number)),
        None => Err(Refusal::parameter(&format!("`{name}` is no cursor of a page"))),
    }
}

/// The address of the page behind or before a template.
fn address(
    head: &Parts,
    state: &State,
    query: &HashMap<String, String>,
    to: &str,
    at: &StoredTemplate,
) -> String {
    let mut names: Vec<_> =
        query.keys().filter(|name| *name != "after" && *name != "before").collect();
    names.sort();
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    for name in names {
        // It may be a token, which is in no answer.
        if name != "access_token" {
            pairs.append_pair(name, &query[name]);
        }
    }
    let pairs = pairs.append_pair(to, &written(at)).finish();
    format!("{}{}?{pairs}", state.base_url(), head.uri.path())
}
