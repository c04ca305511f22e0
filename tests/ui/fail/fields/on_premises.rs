// Fields that only the retired On-Premises API had.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <document>
        to: "+15550100",
        hsm: "order_ready",
        link: "https://example.org/menu.pdf",
        provider: "files",
    };
    let _ = wa_message! { <template>
        to: "+15550100",
        namespace: "c8ae5f90_307a_ca4c_b8f6_d1e2a2573574",
        name: "order_ready",
        language: "en_US",
    };
}
