// The expansion is clean under the strictest lints.
#![deny(warnings, missing_docs, unused, rust_2018_idioms, future_incompatible, nonstandard_style)]
#![deny(
    unreachable_pub,
    unused_qualifications,
    unused_results,
    trivial_casts,
    trivial_numeric_casts
)]
#![deny(let_underscore_drop, single_use_lifetimes, unused_lifetimes, variant_size_differences)]
#![deny(
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    unit_bindings,
    absolute_paths_not_starting_with_crate
)]
#![forbid(unsafe_code)]
//! A crate.

use wa_message::{InvalidMessage, Message, wa_message};

const CANCEL: &str = "Cancel";

fn menu(to: &str, dishes: &[(&str, &str)], vegan: bool) -> Result<Message, InvalidMessage> {
    wa_message! { <list>
        to,
        header: "Tonight",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: [
            for (id, title) in dishes { id: *id, title: *title },
            if vegan { id: "v", title: "Vegan" } else { id: "w", title: "Meat" },
        ] }],
    }
}

fn main() -> Result<(), InvalidMessage> {
    let fixed = wa_message! { <button>
        to: "+15550100",
        body: "Keep your booking?",
        buttons: [{ id: "keep", title: "Keep" }, { id: "cancel", title: const { CANCEL } }],
    };
    println!("{}", fixed.to_json());
    println!("{}", menu("+15550100", &[("m1", "Feijoada")], true)?.to_json());
    let track = String::from("track-17");
    let template = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { document: { link: "https://example.org/menu.pdf", filename: "menu.pdf" } },
        body: ["Ada", { currency: { fallback_value: "$12.50", code: "USD", amount_1000: 12_500 } }],
        buttons: [{ quick_reply: &track }, for n in 0..2 { url: format!("orders/{n}") }],
    }?;
    println!("{}", template.to_json());
    Ok(())
}
