//! Gives each struct of the tables a value `PLAIN`, to which a table leaves every member that says nothing.

use super::{Field, Integer, Json, List, Number, Numbers, Object, Refused, Schema, Text};

impl Text {
    /// Says nothing.
    pub const PLAIN: Self = Self {
        name: "",
        min: 0,
        max: usize::MAX,
        pattern: None,
        format: None,
        values: None,
        says: "",
        lenient_integer: false,
        numbers: Numbers(&[]),
    };
}

impl Integer {
    /// Says nothing.
    pub const PLAIN: Self = Self { min: None, max: None, constant: None, numbers: Numbers(&[]) };
}

impl Number {
    /// Says nothing.
    pub const PLAIN: Self = Self { min: None, max: None, numbers: Numbers(&[]) };
}

impl Json {
    /// Says nothing.
    pub const PLAIN: Self = Self { min: 0, max: usize::MAX, texts: None, numbers: Numbers(&[]) };
}

impl List {
    /// Says nothing.
    pub const PLAIN: Self = Self {
        items: Schema::Boolean,
        min: 0,
        max: usize::MAX,
        at_most: &[],
        numbers: Numbers(&[]),
    };
}

impl Object {
    /// Says nothing.
    pub const PLAIN: Self = Self {
        name: "",
        constant: "",
        label: "",
        description: "",
        kind: None,
        fields: &[],
        tag: None,
        exactly_one: &[],
        at_least_one: &[],
        refused: &[],
        ignored: &[],
        rules: &[],
        advice: &[],
        natural: None,
        numbers: Numbers(&[]),
    };
}

impl Field {
    /// Says nothing.
    pub const PLAIN: Self = Self {
        name: "",
        rust: None,
        description: "",
        schema: Schema::Boolean,
        required: false,
        lifted: false,
        position: false,
        by_name: &[],
        synonyms: &[],
        addressee: &[],
        number: None,
    };
}

impl Refused {
    /// Says nothing.
    pub const PLAIN: Self = Self { name: "", because: "", instead: &[], number: None };
}
