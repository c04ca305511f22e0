// A kind of which a part is typed, as while writing. What is printed are two errors, and no suggestion.
//
// Should print, at the kind, once:
//     error: there is no kind `<tem>`
//            = help: did you mean `<template>`?
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <tem };
}
