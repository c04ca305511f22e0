//! Requests as data: what is filled in, by the part that it goes into.

#![allow(dead_code)] // Nothing sends them yet.

use std::marker::PhantomData;

use wa_message_spec::media::Operation;

/// Something that is filled in.
type Filled = (&'static str, String);

/// A request without its body. `A` is what is answered.
#[derive(Debug)]
pub(super) struct Call<A> {
    pub(super) operation: &'static Operation,
    pub(super) path: Vec<Filled>,
    pub(super) query: Vec<Filled>,
    answer: PhantomData<fn() -> A>,
}

impl<A> Call<A> {
    pub(super) fn new(operation: &'static Operation) -> Self {
        Self { operation, path: Vec::new(), query: Vec::new(), answer: PhantomData }
    }

    pub(super) fn path(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.path.extend(value.map(|value| (name, value.to_string())));
        self
    }

    pub(super) fn query(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.query.extend(value.map(|value| (name, value.to_string())));
        self
    }
}

#[cfg(test)]
mod tests {
    use crate::templates::generated::requests::{
        ListTemplates, create_template, delete_templates, list_templates,
    };

    #[test]
    fn what_is_not_asked_for_is_left_out() {
        let filters =
            ListTemplates { limit: Some(100), after: Some("MjQZD"), ..Default::default() };
        let call = list_templates("500100", &filters);
        assert_eq!(
            (call.operation.method, call.operation.path),
            ("GET", "/{waba_id}/message_templates")
        );
        assert_eq!(call.path, [("waba_id", "500100".to_owned())]);
        let query = [("limit", "100".to_owned()), ("after", "MjQZD".to_owned())];
        assert_eq!(call.query, query);
        let call = delete_templates("500100", Some("order_ready"), None, None);
        assert_eq!(call.query, [("name", "order_ready".to_owned())]);
    }

    /// A second creation is refused, so it would hide what became of the first.
    #[test]
    fn what_may_be_repeated_is_said() {
        let list = list_templates("1", &ListTemplates::default());
        assert!(list.operation.may_repeat.is_some());
        assert_eq!(create_template("1").operation.may_repeat, None);
    }
}
