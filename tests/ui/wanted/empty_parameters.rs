// Components without a value. What is printed names a field that the user did not write: "`parameters`
// is empty, and a component needs at least 1 in it".
//
// Should print, at each of the arrays:
//     error: `header` is empty, and `<template>` needs at least 1 in it
//     error: `body` is empty, and `<template>` needs at least 1 in it
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template> to: "+15550100", name: "order_ready", language: "en_US", header: [], body: [] };
}
