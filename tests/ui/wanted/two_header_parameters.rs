// A template header has one variable. What is printed names a field that the user did not write:
// "`parameters` holds 2, and a component takes at most 1".
//
// Should print, at the second text:
//     error: `header` holds 2, and `<template>` takes at most 1
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: ["Ada", "Berg"],
    };
}
