//! The list of templates, with filters, as a stream.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;
use serde_json::Value;

use super::{
    Template,
    pages::{Items, Query, items},
};
use crate::{Client, Error};

/// The templates of an account, as a stream. [`TemplatesClient::list`](super::TemplatesClient::list) makes it.
///
/// Filters are said before the first template is taken. After an error it ends.
#[must_use = "nothing is asked for until a template is taken"]
pub struct ListTemplates<'c> {
    client: &'c Client,
    account: String,
    query: Query,
    items: Option<Items<Template>>,
}

impl<'c> ListTemplates<'c> {
    pub(super) fn new(client: &'c Client, account: &str) -> Self {
        Self { client, account: account.to_owned(), query: Query::default(), items: None }
    }

    /// Takes only templates whose names contain this.
    pub fn with_name_part(mut self, part: impl Into<String>) -> Self {
        self.query.name = Some(part.into());
        self
    }

    /// Takes only templates whose text contains this.
    pub fn with_content(mut self, part: impl Into<String>) -> Self {
        self.query.content = Some(part.into());
        self
    }

    /// Takes only templates in these languages: `["en_US", "de"]`.
    pub fn with_language<I>(mut self, codes: I) -> Self
    where
        I: IntoIterator<Item: ToString>,
    {
        self.query.language = Some(array(codes));
        self
    }

    /// Takes only templates in these states: [`TemplateStatus`](super::TemplateStatus), or their names.
    pub fn with_status<I>(mut self, states: I) -> Self
    where
        I: IntoIterator<Item: ToString>,
    {
        self.query.status = Some(array(states));
        self
    }

    /// Takes only templates of these categories: [`TemplateCategory`](super::TemplateCategory), or their names.
    pub fn with_category<I>(mut self, categories: I) -> Self
    where
        I: IntoIterator<Item: ToString>,
    {
        self.query.category = Some(array(categories));
        self
    }

    /// Takes only templates of these qualities: [`QualityRating`](super::QualityRating), or their names.
    pub fn with_quality<I>(mut self, qualities: I) -> Self
    where
        I: IntoIterator<Item: ToString>,
    {
        self.query.quality_score = Some(array(qualities));
        self
    }

    /// Asks for these members, and no others: `["name", "language", "quality_score"]`. The id comes always. Usually the
    /// API chooses, and gives no quality.
    pub fn with_fields<I>(mut self, members: I) -> Self
    where
        I: IntoIterator<Item: ToString>,
    {
        let members: Vec<_> = members.into_iter().map(|member| member.to_string()).collect();
        self.query.fields = Some(members.join(","));
        self
    }

    /// Sets how many templates a page has, from 1. Defaults to 100.
    pub fn page_size(mut self, templates: u32) -> Self {
        self.query.limit = Some(templates.max(1).into());
        self
    }

    /// Returns the next template, or nothing when all have come. Nothing is lost when the future is dropped.
    pub async fn next(&mut self) -> Option<Result<Template, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns all templates that have not come yet.
    ///
    /// # Errors
    ///
    /// When the API refused a page, or gave no answer; see [`Error`].
    pub async fn all(mut self) -> Result<Vec<Template>, Error> {
        let mut all = Vec::new();
        while let Some(template) = self.next().await {
            all.push(template?);
        }
        Ok(all)
    }
}

/// A list in a query is a JSON array.
fn array<I: IntoIterator<Item: ToString>>(items: I) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Value>().to_string()
}

impl Stream for ListTemplates<'_> {
    type Item = Result<Template, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let items =
            this.items.get_or_insert_with(|| items(this.client, &this.account, this.query.clone()));
        items.as_mut().poll_next(context)
    }
}

impl fmt::Debug for ListTemplates<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListTemplates")
            .field("account", &self.account)
            .field("query", &self.query)
            .finish_non_exhaustive()
    }
}
