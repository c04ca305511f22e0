// What the expansion needs is found whatever names are in scope.
#![allow(dead_code, unused_macros)]

use ::wa_message::wa_message;

struct Option;
struct Result;
struct String;
struct Vec;
struct Message;
struct InvalidMessage;
struct MessageObject;
struct Text;
struct List;
struct Some;
struct Ok;
trait Clone {}
trait FromIterator {}
trait Iterator {}
trait IntoIterator {}
fn field() {}
fn drop() {}
mod std {}
mod core {}
mod types {}
mod value {}
macro_rules! vec {
    () => {};
}
macro_rules! assert {
    () => {};
}
macro_rules! expand {
    () => {};
}
const BODY: &str = "Hello";
const OBJECT: () = ();
const ITEMS: () = ();

fn main() {
    let (__value_1, __list_1, list, value, private) = ("1", "2", "3", "4", "5");
    let fixed = wa_message! { <text> to: "+15550100", body: "Hello", preview_url: true };
    let proven = wa_message! { <text> to: "+15550100", body: const { BODY }, preview_url: true };
    ::std::assert_eq!(fixed, proven);
    let _ = wa_message! { <location> to: "+15550100", latitude: 59.9139, longitude: "10.7522" };
    let made = wa_message! { <list>
        to: __value_1,
        body: __list_1,
        button: list,
        sections: [{ rows: [
            { id: value, title: private },
            for __value_2 in [value, private] { id: ::std::format!("more {__value_2}"), title: value },
            if true { id: __list_1, title: list } else { id: __value_1, title: value },
        ] }],
    };
    ::std::assert!(::std::result::Result::is_ok(&made), "{made:?}");
    let free = wa_message! { <flow>
        to: __value_1,
        body: __list_1,
        flow_id: list,
        flow_cta: value,
        flow_action_payload: { screen: private, data: { value: [value, { list: 1 }], for: [for n in [1, 2] { n: n }] } },
    };
    ::std::assert!(::std::result::Result::is_ok(&free), "{free:?}");
}
