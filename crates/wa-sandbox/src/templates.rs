//! Templates: their definitions, which are listed, created, edited and deleted, and what happens to them on command.

mod answered;
mod holes;
mod limits;
mod list;
mod load;
mod post;
mod refuse;
mod route;
mod store;
mod stored;
pub(crate) mod table;

use std::sync::Arc;

use hyper::{
    Method, Request, Response,
    body::{Bytes, Incoming},
    http::request::Parts,
};
use serde_json::Value;

pub(crate) use self::{
    load::{Source, load},
    refuse::check,
    route::Route,
    store::TemplateStore,
};
pub use self::{store::StoredTemplate, stored::StoredTemplates};
use crate::{
    body::AnswerBody,
    log,
    refusal::Refusal,
    server::{refused, response},
    state::State,
};

type Answer = Result<Value, Refusal>;

/// Returns the definition of the template that a body names, so that it can be drawn.
#[cfg(feature = "page")]
pub(crate) fn definition_of(
    body: &Value,
    store: &TemplateStore,
) -> Option<wa_message_core::Templates> {
    let sent = &wa_message_spec::templates::DEMANDS.sent;
    let template = template_in(body)?;
    let name = template.get(sent.name)?.as_str()?;
    let language =
        sent.language.iter().try_fold(template, |value, name| value.get(name))?.as_str()?;
    store.get(name, language)?.json().to_string().parse().ok()
}

/// Returns whether a body names a template.
#[cfg(feature = "page")]
pub(crate) fn names_template(body: &Value) -> bool {
    template_in(body).is_some()
}

#[cfg(feature = "page")]
fn template_in(body: &Value) -> Option<&Value> {
    let way = wa_message_spec::templates::DEMANDS.sent.way;
    way.iter().try_fold(body, |value, name| value.get(name))
}

/// Answers a request about templates.
pub(crate) async fn answer(
    route: Route,
    request: Request<Incoming>,
    state: &Arc<State>,
) -> Response<AnswerBody> {
    let (head, body) = request.into_parts();
    match dispatch(route, &head, body, state).await {
        Ok(json) => {
            response(hyper::StatusCode::OK, AnswerBody::whole(Bytes::from(json.to_string())))
        }
        Err(refusal) => {
            (state.log)(&log::of_refusal(&head.method, &head.uri, &refusal));
            refused(&refusal, state)
        }
    }
}

async fn dispatch(route: Route, head: &Parts, body: Incoming, state: &Arc<State>) -> Answer {
    if let Some(methods) = route.refuses(&head.method) {
        return Err(Refusal::wrong_method(&head.method, methods));
    }
    state.account.authorize(&head.headers, Route::authorization())?;
    match (route, &head.method) {
        (Route::Account, &Method::GET) => list::list(head, state),
        (Route::Account, &Method::DELETE) => post::delete(head, state),
        (Route::Account, _) => post::create(head, body, state).await,
        (Route::One(id), &Method::GET) => {
            let template = state.templates.with_id(&id).ok_or_else(|| post::unknown(&id))?;
            Ok(template.json().clone())
        }
        (Route::One(id), _) => post::edit(&id, head, body, state).await,
    }
}
