//! Pages as browsers read them.

use html5ever::{ParseOpts, parse_document, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A page, in which browsers find no error.
pub(crate) struct Parsed(RcDom);

/// An element.
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    node: Handle,
}

fn read(page: &str) -> RcDom {
    parse_document(RcDom::default(), ParseOpts::default()).one(page)
}

impl Parsed {
    /// Reads a page.
    pub(crate) fn page(page: &str) -> Self {
        let dom = read(page);
        let errors: Vec<_> = dom.errors.borrow().iter().map(ToString::to_string).collect();
        assert!(errors.is_empty(), "{errors:?}\n{page}");
        Self(dom)
    }

    /// Reads a part of a page.
    pub(crate) fn part(html: &str) -> Self {
        Self::page(&format!(
            "<!DOCTYPE html><html><head><title>x</title></head><body>{html}</body></html>"
        ))
    }

    pub(crate) fn elements(&self) -> Vec<Element> {
        let mut found = Vec::new();
        elements(&self.0.document, &mut found);
        found
    }

    /// The text of what has a class.
    pub(crate) fn text_of(&self, class: &str) -> String {
        let mut text = String::new();
        for element in self.elements() {
            if element.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class))
            {
                add_text(&element.node, &mut text);
            }
        }
        text
    }
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

fn elements(node: &Handle, found: &mut Vec<Element>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attribute = |attribute: &html5ever::Attribute| {
            (attribute.name.local.to_string(), attribute.value.to_string())
        };
        let attributes = attrs.borrow().iter().map(attribute).collect();
        found.push(Element { name: name.local.to_string(), attributes, node: node.clone() });
    }
    for inner in node.children.borrow().iter() {
        elements(inner, found);
    }
}

fn add_text(node: &Handle, text: &mut String) {
    if let NodeData::Text { contents } = &node.data {
        text.push_str(&contents.borrow());
    }
    for inner in node.children.borrow().iter() {
        add_text(inner, text);
    }
}

#[test]
fn what_is_not_well_formed_is_told() {
    for bad in ["<p></div>", "<b><i></b></i>", "<a href=x\">", "<button><button></button></button>"]
    {
        assert!(!read(&format!("<!DOCTYPE html>{bad}")).errors.borrow().is_empty(), "{bad}");
    }
}
