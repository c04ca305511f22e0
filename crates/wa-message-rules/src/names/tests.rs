//! A card that may be a link or a pin, in ten lines a table.

use super::{Instead, Names, infer};
use crate::table::{Arm, Field, Kind, List, Object, Schema, Tag, Text};

const ANY: Schema = Schema::Text(&Text::PLAIN);
static CAPTION: Object = Object {
    label: "a caption",
    fields: &[Field { name: "text", schema: ANY, required: true, ..Field::PLAIN }],
    natural: Some("text"),
    ..Object::PLAIN
};
static LINK: Object = Object {
    kind: Some("link"),
    fields: &[
        Field { name: "url", schema: ANY, required: true, ..Field::PLAIN },
        Field { name: "text", schema: ANY, ..Field::PLAIN },
    ],
    natural: Some("url"),
    ..Object::PLAIN
};
static PIN: Object = Object {
    kind: Some("pin"),
    fields: &[Field { name: "place", schema: ANY, ..Field::PLAIN }],
    ..Object::PLAIN
};
static CARD: Object = Object {
    label: "a card",
    fields: &[
        Field { name: "to", schema: ANY, required: true, ..Field::PLAIN },
        Field { name: "caption", schema: Schema::Object(&CAPTION), lifted: true, ..Field::PLAIN },
    ],
    tag: Some(&Tag {
        name: "type",
        description: "",
        rust: "",
        flattened: None,
        arms: &[
            Arm { value: "link", variant: "", object: &LINK },
            Arm { value: "pin", variant: "", object: &PIN },
        ],
        default: None,
    }),
    ..Object::PLAIN
};
static LINK_CARD: Kind = Kind { name: "link", description: "", root: &CARD, tags: &["link"] };

fn listed(names: &Names) -> Vec<(&'static str, String)> {
    names.slots.iter().map(|slot| (slot.name, slot.way.join("."))).collect()
}

fn told(written: &[(&str, Option<&str>)]) -> Option<&'static str> {
    infer(CARD.tag?, written.iter().copied()).map(|arm| arm.value)
}

#[test]
fn the_kind_says_what_the_tags_are() {
    let names = Names::of_kind(&LINK_CARD);
    let expected = [("to", "to"), ("text", "caption.text"), ("url", "url"), ("text", "text")];
    assert_eq!(listed(&names), expected.map(|(name, way)| (name, way.to_owned())));
    assert_eq!(names.label.to_string(), "`<link>`");
    assert_eq!(names.fixed.len(), 1);
    assert_eq!(names.lifted, ["caption"]);
}

#[test]
fn a_field_of_the_object_goes_before_one_further_inside() {
    let names = Names::of_kind(&LINK_CARD);
    assert_eq!(names.slot("text").map(|slot| slot.way.as_slice()), Some(&["text"][..]));
    assert_eq!(names.slot("to").map(|slot| (slot.is_needed, slot.is_shared)), Some((true, true)));
    // What is needed in an object that may be left out is not needed.
    assert!(!names.slots[1].is_needed);
}

#[test]
fn the_value_of_a_tag_stands_for_the_natural_field() {
    let names = Names::of(&CARD, &mut |tag, _| tag.arm("link"));
    let natural = names.slot("link").filter(|slot| slot.is_natural);
    assert_eq!(natural.map(|slot| slot.field.name), Some("url"));
    assert!(Names::of(&CARD, &mut |_, _| None).slot("url").is_none());
    assert!(Names::with_all_arms(&CARD, &mut |_, _| None).slot("place").is_some());
}

#[test]
fn what_is_written_tells_the_tag() {
    assert_eq!(told(&[("type", Some("pin")), ("url", None)]), Some("pin"));
    assert_eq!(told(&[("type", Some("Pin"))]), Some("pin"));
    assert_eq!(told(&[("type", Some("pen")), ("url", None)]), None);
    assert_eq!(told(&[("type", None), ("place", None)]), Some("pin"));
    assert_eq!(told(&[("link", None)]), Some("link"));
    assert_eq!(told(&[("to", None), ("place", None)]), Some("pin"));
    assert_eq!(told(&[("to", None)]), None);
}

/// A member further inside may have the name of the tag.
#[test]
fn the_name_of_the_tag_may_be_that_of_a_field() {
    static BUTTON: Object = Object {
        fields: &[
            Field { name: "type", schema: ANY, ..Field::PLAIN },
            Field { name: "title", schema: ANY, ..Field::PLAIN },
        ],
        ..Object::PLAIN
    };
    static TYPE: Tag = Tag {
        name: "type",
        description: "",
        rust: "",
        flattened: None,
        arms: &[Arm { value: "reply", variant: "", object: &BUTTON }],
        default: None,
    };
    let infer = |written: &[(&'static str, Option<&'static str>)]| {
        infer(&TYPE, written.iter().copied()).map(|arm| arm.value)
    };
    assert_eq!(infer(&[("type", Some("loud")), ("title", None)]), Some("reply"));
    assert_eq!(infer(&[("type", Some("loud"))]), None);
    assert_eq!(infer(&[("other", None)]), Some("reply"));
}

/// An object in the place of an array names values, unless its names are known there.
#[test]
fn an_object_in_the_place_of_an_array() {
    static PICTURE: Object = Object {
        fields: &[
            Field { name: "file", schema: ANY, synonyms: &["path"], ..Field::PLAIN },
            Field { name: "address", schema: ANY, ..Field::PLAIN },
            Field { name: "name", schema: ANY, ..Field::PLAIN },
            Field { name: "size", schema: ANY, ..Field::PLAIN },
        ],
        exactly_one: &[&["file"], &["address"]],
        ..Object::PLAIN
    };
    static ITEM: Object = Object {
        fields: &[
            Field { name: "text", schema: ANY, ..Field::PLAIN },
            Field { name: "picture", schema: Schema::Object(&PICTURE), ..Field::PLAIN },
        ],
        ..Object::PLAIN
    };
    let list = |max| List { items: Schema::Object(&ITEM), max, ..List::PLAIN };
    let (one, many) = (list(1), list(9));
    assert_eq!(many.instead("items", &["first", "name"]), None);
    assert_eq!(many.instead("items", &["first", "text"]), Some(Instead::Member("text")));
    assert_eq!(one.instead("items", &["text"]), Some(Instead::Item));
    assert_eq!(one.instead("items", &["type", "items"]), Some(Instead::Around));
    let inside = |member| Some(Instead::Inside(vec![("picture", vec![member])]));
    assert_eq!(many.instead("items", &["path"]), inside("file"));
    assert_eq!(many.instead("items", &["address"]), inside("address"));
    assert_eq!(many.instead("items", &["address", "first"]), None);
    assert_eq!(many.instead("items", &[]), None);
    // Where there is room for one value, several names are no values.
    assert_eq!(one.instead("items", &["first", "second"]), None);
    assert_eq!(one.instead("items", &["size"]), None);
    assert_eq!(many.instead("items", &["name", "size"]), None);
    let both = Some(Instead::Inside(vec![("picture", vec!["name", "size"])]));
    assert_eq!(one.instead("items", &["name", "size"]), both);
}
