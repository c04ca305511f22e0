//! The paths of templates, which are those of the description.

use hyper::Method;
use wa_message_spec::templates::operations::{
    CREATE_TEMPLATE, DELETE_TEMPLATES, EDIT_TEMPLATE, GET_TEMPLATE, LIST_TEMPLATES,
};

use crate::{media::filled_in, state::State};

/// A request about templates, by its path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// The templates of an account, of which any will do.
    Account,
    /// The template with this id.
    One(String),
}

impl Route {
    /// Finds what a path leads to. An id may be that of a file too, which are never posted to.
    pub(crate) fn of(versioned: Option<&str>, method: &Method, state: &State) -> Option<Self> {
        let path = versioned?;
        if filled_in(LIST_TEMPLATES.path, path).is_some() {
            return Some(Self::Account);
        }
        let id = filled_in(GET_TEMPLATE.path, path)?;
        let is_template = || state.templates.with_id(id).is_some();
        let is_edit = method.as_str() == EDIT_TEMPLATE.method && state.media.get(id).is_none();
        let is_plain = id.bytes().all(|byte| byte.is_ascii_digit());
        (is_plain && (is_edit || is_template())).then(|| Self::One(id.to_owned()))
    }

    /// The word before the token.
    pub(super) fn authorization() -> &'static str {
        LIST_TEMPLATES.authorization
    }

    /// The methods that it takes, if this one is none of them.
    pub(super) fn refuses(&self, method: &Method) -> Option<&'static [&'static str]> {
        let methods: &[&str] = match self {
            Self::Account => {
                &[LIST_TEMPLATES.method, CREATE_TEMPLATE.method, DELETE_TEMPLATES.method]
            }
            Self::One(_) => &[GET_TEMPLATE.method, EDIT_TEMPLATE.method],
        };
        (!methods.contains(&method.as_str())).then_some(methods)
    }
}
