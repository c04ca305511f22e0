//! Samples of the values of variables, which the review of a template wants.

use serde_json::{Map, Value};

/// A sample for each variable of a text: in the order of their numbers, or by their names. `()` is
/// none.
///
/// ```
/// use wa_message::client::templates::Samples;
///
/// let by_number: Samples = ["Ada", "17"].into();
/// let by_name: Samples = [("first_name", "Ada"), ("order_id", "17")].into();
/// assert_ne!(by_number, by_name);
/// assert_eq!(Samples::from(()), Samples::default());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Samples {
    values: Vec<String>,
    named: Vec<(String, String)>,
}

/// How samples of a text are written: the members for those by numbers and for those by names.
pub(super) struct Form {
    values: &'static str,
    named: &'static str,
    /// Whether values lie in an array of arrays.
    is_nested: bool,
}

pub(super) const HEADER: Form =
    Form { values: "header_text", named: "header_text_named_params", is_nested: false };
pub(super) const BODY: Form =
    Form { values: "body_text", named: "body_text_named_params", is_nested: true };
const NAME: &str = "param_name";
const SAMPLE: &str = "example";

impl Samples {
    /// The member that has them, unless there are none.
    pub(super) fn written(&self, form: &Form) -> Option<Value> {
        let mut members = Map::new();
        if !self.values.is_empty() {
            let values: Value = self.values.iter().cloned().collect();
            let values = if form.is_nested { Value::Array(vec![values]) } else { values };
            members.insert(form.values.to_owned(), values);
        }
        if !self.named.is_empty() {
            let named = self.named.iter().map(|(name, sample)| {
                let members = [(NAME, name), (SAMPLE, sample)];
                let members = members.map(|(name, text)| (name.to_owned(), text.clone().into()));
                Value::Object(members.into_iter().collect())
            });
            members.insert(form.named.to_owned(), named.collect());
        }
        (!members.is_empty()).then_some(Value::Object(members))
    }
}

/// No sample, for a text without variables.
impl From<()> for Samples {
    fn from((): ()) -> Self {
        Self::default()
    }
}

macro_rules! from {
    ($($text:ty)*) => {$(
        impl<const N: usize> From<[$text; N]> for Samples {
            fn from(values: [$text; N]) -> Self {
                Vec::from(values).into()
            }
        }

        impl From<Vec<$text>> for Samples {
            fn from(values: Vec<$text>) -> Self {
                Self { values: values.into_iter().map(Into::into).collect(), named: Vec::new() }
            }
        }

        impl<const N: usize> From<[(&str, $text); N]> for Samples {
            fn from(named: [(&str, $text); N]) -> Self {
                Vec::from(named).into()
            }
        }

        impl From<Vec<(&str, $text)>> for Samples {
            fn from(named: Vec<(&str, $text)>) -> Self {
                let named = named.into_iter().map(|(name, sample)| (name.into(), sample.into()));
                Self { values: Vec::new(), named: named.collect() }
            }
        }
    )*};
}

from! { &str String &String }

impl From<Vec<(String, String)>> for Samples {
    fn from(named: Vec<(String, String)>) -> Self {
        Self { values: Vec::new(), named }
    }
}
