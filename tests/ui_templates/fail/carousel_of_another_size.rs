// As many cards as the template has, each with what its card takes.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "breads",
        language: "en_US",
        body: ["Ada"],
        carousel: [
            {
                header: { image: { link: "https://example.org/rye.png" } },
                body: ["today"],
                buttons: [{ url: "rye" }],
            },
            { header: { image: { link: "https://example.org/spelt.png" } }, body: ["today"] },
            { header: { image: { link: "https://example.org/oat.png" } } },
        ],
    };
}
