// A button that is fixed in the template gets a value.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "menu",
        language: "en_US",
        header: { image: { link: "https://example.org/menu.png" } },
        buttons: [{ url: "today" }],
    };
}
