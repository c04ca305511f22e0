//! Types that a developer would write by hand for lists, reply buttons, texts and templates.
#![allow(missing_docs)]

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    pub messaging_product: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_type: Option<String>,
    pub to: String,
    #[serde(flatten)]
    pub content: Content,
}

impl Request {
    #[must_use]
    pub fn new(to: &str, content: Content) -> Self {
        Self {
            messaging_product: "whatsapp".to_owned(),
            recipient_type: None,
            to: to.to_owned(),
            content,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    Text { text: Text },
    Interactive { interactive: Interactive },
    Template { template: Template },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Text {
    pub body: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preview_url: Option<bool>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Interactive {
    Button {
        #[serde(skip_serializing_if = "Option::is_none")]
        header: Option<Header>,
        body: Body,
        #[serde(skip_serializing_if = "Option::is_none")]
        footer: Option<Body>,
        action: ButtonAction,
    },
    List {
        #[serde(skip_serializing_if = "Option::is_none")]
        header: Option<Header>,
        body: Body,
        #[serde(skip_serializing_if = "Option::is_none")]
        footer: Option<Body>,
        action: ListAction,
    },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Header {
    Text { text: String },
    Image { image: Media },
    Document { document: Media },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Body {
    pub text: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ButtonAction {
    pub buttons: Vec<Button>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Button {
    Reply { reply: Reply },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reply {
    pub id: String,
    pub title: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListAction {
    pub button: String,
    pub sections: Vec<Section>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Section {
    pub title: String,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    pub id: String,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Media {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Template {
    pub name: String,
    pub language: Language,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub components: Vec<Component>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Language {
    pub code: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Component {
    Header { parameters: Vec<Parameter> },
    Body { parameters: Vec<Parameter> },
    Button { sub_type: String, index: String, parameters: Vec<Parameter> },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Parameter {
    Text { text: String },
    Payload { payload: String },
    Currency { currency: Currency },
    DateTime { date_time: DateTime },
    Image { image: Media },
    Document { document: Media },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Currency {
    pub fallback_value: String,
    pub code: String,
    pub amount_1000: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DateTime {
    pub fallback_value: String,
}
