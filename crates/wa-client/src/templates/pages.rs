//! The list of templates, page by page.

use std::pin::Pin;

use futures_core::Stream;
use futures_util::stream::{self, try_unfold};
use serde_core::de::DeserializeOwned;
use serde_json::Value;

use super::{
    TemplateError, TemplateErrorKind,
    answer::{Presence, Read, answer},
    generated::{
        answers::{TemplatePaging, TemplateSummary},
        requests::{ListTemplates as Filters, list_templates},
    },
};
use crate::{Client, Error, observe::Accepted};

/// How many definitions a page has, unless something else is asked for. Without it the API gives 25.
pub(super) const PAGE: u64 = 100;

answer! {
    /// A page of definitions as they came: what is not known of them is kept too.
    #[allow(unreachable_pub)] // Answers are public as a rule.
    RawPage {
        /// The definitions.
        data: Vec<Value> = "data",
        /// Where to go on.
        paging: Option<TemplatePaging> = "paging",
        /// What was counted.
        summary: Option<TemplateSummary> = "summary",
    }
}

impl Accepted for RawPage {}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Query {
    pub(super) fields: Option<String>,
    pub(super) limit: Option<u64>,
    pub(super) name: Option<String>,
    pub(super) content: Option<String>,
    pub(super) language: Option<String>,
    pub(super) category: Option<String>,
    pub(super) status: Option<String>,
    pub(super) quality_score: Option<String>,
    pub(super) summary: Option<String>,
}

/// Where a list goes on. Of the address of the next page the cursor alone is of use: the rest may hold the token.
enum Position {
    Beginning,
    Behind(String),
    End,
}

/// The pages of a list.
pub(super) fn pages(
    client: &Client,
    account: &str,
    query: Query,
) -> impl Stream<Item = Result<RawPage, Error>> + Send + use<> {
    let (client, account) = (client.clone(), account.to_owned());
    try_unfold(Position::Beginning, move |position| {
        let (client, account, query) = (client.clone(), account.clone(), query.clone());
        async move {
            let after = match &position {
                Position::Beginning => None,
                Position::Behind(cursor) => Some(cursor.as_str()),
                Position::End => return Ok(None),
            };
            let page = page(&client, &account, &query, after).await?;
            let next = next(&page, after)?;
            Ok(Some((page, next)))
        }
    })
}

async fn page(
    client: &Client,
    account: &str,
    query: &Query,
    after: Option<&str>,
) -> Result<RawPage, Error> {
    let filters = Filters {
        fields: query.fields.as_deref(),
        limit: Some(query.limit.unwrap_or(PAGE)),
        after,
        name: query.name.as_deref(),
        content: query.content.as_deref(),
        language: query.language.as_deref(),
        category: query.category.as_deref(),
        status: query.status.as_deref(),
        quality_score: query.quality_score.as_deref(),
        summary: query.summary.as_deref(),
        ..Filters::default()
    };
    list_templates(account, &filters).answering().send(client, Ok).await
}

/// The place behind a page. The last one has a cursor too, but nothing next.
fn next(page: &RawPage, after: Option<&str>) -> Result<Position, Error> {
    let Some(paging) = page.paging.as_ref().filter(|paging| paging.next == Presence(true)) else {
        return Ok(Position::End);
    };
    let cursor = paging.cursors.as_ref().and_then(|cursors| cursors.after.clone());
    match cursor {
        Some(cursor) if after != Some(&cursor) => Ok(Position::Behind(cursor)),
        _ => Err(TemplateError::new(TemplateErrorKind::EndlessList).into()),
    }
}

/// The items of pages, one after the other.
pub(super) type Items<T> = Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>;

/// The definitions of a list as what they are read as. What cannot be read is passed over.
pub(super) fn items<T: Read + DeserializeOwned + Send + 'static>(
    client: &Client,
    account: &str,
    query: Query,
) -> Items<T> {
    use futures_util::{StreamExt as _, TryStreamExt as _};

    let pages = pages(client, account, query);
    let items = pages.map_ok(|page| {
        let items: Vec<T> = page.data.iter().filter_map(T::read).collect();
        stream::iter(items.into_iter().map(Ok))
    });
    Box::pin(items.try_flatten().fuse())
}
