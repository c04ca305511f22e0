//! Definitions of templates: listed, created, changed and deleted in an account, and kept in files.
//!
//! [`Client::templates`] has the calls. What is listed are [`Template`]s. A [`NewTemplate`] is checked before it is sent.
//! [`pull`](TemplatesClient::pull) gets all definitions of an account, in the form in which `wa_message!` and
//! [`Templates`](wa_message_core::Templates) read them.
//!
//! ```no_run
//! use wa_message::{Client, Error, client::templates::NewTemplate};
//!
//! # async fn example(client: &Client) -> Result<(), Error> {
//! let templates = client.templates("500100200300");
//!
//! let ready = NewTemplate::new("order_ready", "en_US", "UTILITY")
//!     .body("Hi {{first_name}}, order {{order_id}} is ready.", [("first_name", "Ada"), ("order_id", "17")])
//!     .footer("Bakery Nord");
//! let created = templates.create(&ready).await?;
//! println!("{} waits for its review", created.id);
//!
//! let mut all = templates.list();
//! while let Some(template) = all.next().await {
//!     let template = template?;
//!     println!("{:?} {:?} {:?}", template.name, template.language, template.status);
//! }
//! # Ok(())
//! # }
//! ```

mod answer;
mod call;
mod error;
#[allow(clippy::all, clippy::pedantic, dead_code, unreachable_pub)]
#[rustfmt::skip] // The generator formats it.
mod generated;
mod kinds;
mod list;
mod new;
mod pages;
mod pull;
mod samples;

use serde_json::Value;

use self::{
    generated::requests::{create_template, delete_templates, edit_template, get_template},
    new::Purpose,
};
use crate::{Client, Error, address::is_segment, observe::Accepted};

pub use self::{
    answer::Presence,
    error::{TemplateError, TemplateErrorKind},
    generated::answers::{
        ButtonKind, CreatedTemplate, HeaderFormat, HealthStatus, ParameterFormat, QualityRating,
        QualityScore, RejectedReason, Template, TemplateCategory, TemplateCursors, TemplatePaging,
        TemplateStatus, TemplateSubCategory, TemplateSummary,
    },
    list::ListTemplates,
    new::{NewButton, NewCard, NewHeader, NewTemplate},
    pull::{Pulled, Written},
    samples::Samples,
};
#[doc(inline)]
pub use wa_message_spec::templates::{Refusal, refusals};

/// How many templates are deleted at once at most.
const DELETED_AT_MOST: usize = 100;

impl Client {
    /// Returns the calls for the templates of an account, by the id of the WhatsApp Business account. That is neither the
    /// id of a phone number nor that of a business.
    #[must_use]
    pub fn templates(&self, account_id: impl Into<String>) -> TemplatesClient<'_> {
        TemplatesClient { client: self, account: account_id.into() }
    }
}

/// The calls for the templates of an account. [`Client::templates`] gives it.
///
/// What only looks may be repeated without harm, and so may a deletion, so they are tried again as
/// [`ClientBuilder::retry`](crate::ClientBuilder::retry) says, also after an outcome that is in doubt. A creation and a
/// change are tried again if they certainly did not arrive. They do not count as messages, and wait for no turn. The token
/// needs the permission `whatsapp_business_management`.
///
/// A creation that is refused has a subcode, which [`ApiError::template_refusal`](crate::ApiError::template_refusal)
/// knows. Its texts for people are translated, so show them, and match none.
#[derive(Debug, Clone)]
pub struct TemplatesClient<'c> {
    client: &'c Client,
    account: String,
}

impl<'c> TemplatesClient<'c> {
    /// Lists the templates, each language for itself. It begins when it is polled, and asks for a page when the one before
    /// is used up.
    ///
    /// ```no_run
    /// # use wa_message::{Client, Error, client::templates::TemplateStatus};
    /// # async fn example(client: &Client) -> Result<(), Error> {
    /// let templates = client.templates("500100200300");
    /// let mut paused = templates.list().with_status([TemplateStatus::Paused]);
    /// while let Some(template) = paused.next().await {
    ///     println!("{:?}", template?.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> ListTemplates<'c> {
        ListTemplates::new(self.client, &self.account)
    }

    /// Returns all languages of a template. None if there is no template of exactly this name.
    ///
    /// # Errors
    ///
    /// When the API refused, or gave no answer; see [`Error`].
    pub async fn named(&self, name: &str) -> Result<Vec<Template>, Error> {
        // The API finds every name in which this one is contained.
        let mut found = self.list().with_name_part(name).all().await?;
        found.retain(|template| template.name.as_deref() == Some(name));
        Ok(found)
    }

    /// Returns a template in one language, by its id.
    ///
    /// # Errors
    ///
    /// When the API does not know it, or gave no answer; see [`Error`].
    pub async fn get(&self, id: &str) -> Result<Template, Error> {
        get_template(id, None).send(self.client, Ok).await
    }

    /// Creates a template in one language. It has to be approved before it can be sent.
    ///
    /// If the outcome is in doubt, look for it by [`named`](Self::named). A second creation does no harm: it is refused
    /// as one that [exists](refusals::EXISTS).
    ///
    /// # Errors
    ///
    /// When the definition breaks a limit, in which case nothing was sent, when the API refused it, or when it is not known
    /// whether it is there; see [`Error`].
    pub async fn create(&self, template: &NewTemplate) -> Result<CreatedTemplate, Error> {
        let json = template.checked(Purpose::Create)?;
        create_template(&self.account).send_json(self.client, json, Ok).await
    }

    /// Changes a template, by its id. All its parts are replaced; name, language and category stay.
    ///
    /// Only a template that is approved, rejected or paused can be changed; an approved one at most 10 times in 30 days, and
    /// once a day. Messages that were written for the old one may fit no longer.
    ///
    /// # Errors
    ///
    /// When the definition breaks a limit, in which case nothing was sent, when the API refused it, or when it is not known
    /// whether it was changed; see [`Error`].
    pub async fn edit(&self, id: &str, template: &NewTemplate) -> Result<(), Error> {
        let json = template.checked(Purpose::Edit)?;
        let done = |answer: generated::answers::TemplateDone| Ok(Done(answer.success));
        edit_template(id)
            .send_json(self.client, json, done)
            .await?
            .or(TemplateErrorKind::NotChanged)
    }

    /// Deletes a template in all its languages.
    ///
    /// The name of one that was approved cannot be used again for 30 days.
    ///
    /// # Errors
    ///
    /// When it was not deleted, or when it is not known whether it was; see [`Error`].
    pub async fn delete(&self, name: &str) -> Result<(), Error> {
        self.delete_where(Some(name), None, None).await
    }

    /// Deletes a template in one language, by its name and the id that it has in this language.
    ///
    /// # Errors
    ///
    /// When it was not deleted, or when it is not known whether it was; see [`Error`].
    pub async fn delete_language(&self, name: &str, id: &str) -> Result<(), Error> {
        self.delete_where(Some(name), Some(id), None).await
    }

    /// Deletes at most 100 templates by their ids: all of them, or none.
    ///
    /// # Errors
    ///
    /// When there are none or too many ids, in which case nothing was sent, when they were not deleted, or when it is not
    /// known whether they were; see [`Error`].
    pub async fn delete_ids<I>(&self, ids: I) -> Result<(), Error>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        let ids: Vec<_> = ids.into_iter().map(|id| id.as_ref().to_owned()).collect();
        if ids.len() > DELETED_AT_MOST {
            return Err(TemplateError::new(TemplateErrorKind::TooManyIds).into());
        }
        if ids.is_empty() || !ids.iter().all(|id| is_segment(id)) {
            return Err(TemplateError::new(TemplateErrorKind::MalformedId).into());
        }
        self.delete_where(None, None, Some(&Value::from(ids).to_string())).await
    }

    async fn delete_where(
        &self,
        name: Option<&str>,
        id: Option<&str>,
        ids: Option<&str>,
    ) -> Result<(), Error> {
        // An empty name or id would not say which template is meant.
        if name.is_some_and(str::is_empty) || id.is_some_and(|id| !is_segment(id)) {
            return Err(TemplateError::new(TemplateErrorKind::MalformedId).into());
        }
        let done = |answer: generated::answers::TemplateDone| Ok(Done(answer.success));
        let call = delete_templates(&self.account, name, id, ids);
        call.send(self.client, done).await?.or(TemplateErrorKind::NotDeleted)
    }
}

/// Whether something was done.
struct Done(bool);

impl Done {
    fn or(self, kind: TemplateErrorKind) -> Result<(), Error> {
        if self.0 { Ok(()) } else { Err(TemplateError::new(kind).into()) }
    }
}

impl Accepted for Done {}
impl Accepted for Template {}
impl Accepted for CreatedTemplate {}
