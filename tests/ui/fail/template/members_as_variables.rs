// Members of what a variable is stand in brackets, or further inside.
use wa_message::wa_message;

fn main() {
    let (name, url) = ("Ada", "https://example.org/bread.png");
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { url },
        body: { type: "text", text: "Ada" },
    };
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { id: "1013859600285441" },
        body: { text: name },
    };
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { latitude: 59.9139, longitude: 10.7522 },
        body: { parameter_name: "first_name", text: name },
    };
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: { link: "https://example.org/menu.pdf", filename: "menu.pdf" },
        body: { amount: "12.50", currency: name },
    };
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        body: { fallback_value: name },
    };
}
