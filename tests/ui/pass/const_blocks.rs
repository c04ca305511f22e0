// Constants that are proven by the compiler.
use wa_message::{
    List, Message, Text,
    types::{FlowMode, RecipientType, Reply, ReplyButton},
    wa_message,
};

const TITLE: &str = "Keep it";
const LONGEST: &str = match std::str::from_utf8(&[b'x'; 20]) {
    Ok(text) => text,
    Err(_) => panic!(),
};
const BUTTONS: &[ReplyButton] = &[];
const LATITUDE: f64 = 59.9139;

const fn title(short: bool) -> &'static str {
    if short { TITLE } else { LONGEST }
}

trait Named {
    const NAME: &'static str;
}

struct Bakery;

impl Named for Bakery {
    const NAME: &'static str = "The bakery";
}

fn main() {
    let fixed: Message = wa_message! { <button>
        to: "+15550100",
        header: const { Bakery::NAME },
        body: { text: const { "Keep your booking?" } },
        buttons: [
            { id: const { "keep" }, title: const { title(true) } },
            { id: "longest", title: const { title(false) } },
            {
                id: const {
                    let ids = ["a", "b"];
                    ids[1]
                },
                title: "B",
            },
        ],
    };
    assert_eq!(
        fixed,
        wa_message! { <button>
            to: "+15550100",
            header: "The bakery",
            body: "Keep your booking?",
            buttons: [
                { id: "keep", title: "Keep it" },
                { id: "longest", title: "xxxxxxxxxxxxxxxxxxxx" },
                { id: "b", title: "B" },
            ],
        }
    );
    let _: Message = wa_message! { <location> to: "+15550100", latitude: const { LATITUDE }, longitude: const { 10.0 } };
    let _: Message = wa_message! { <text>
        recipient_type: const { RecipientType::Group },
        to: "Y2FwaV9ncm91cDox",
        body: "Hello",
        preview_url: const { !cfg!(windows) || true },
    };
    let _: Message = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        mode: const { FlowMode::Draft },
    };
    let _: Message = wa_message! { <template>
        to: "+15550100",
        name: const { "order_ready" },
        language: const { "en_US" },
        header: const { "Ada" },
        body: [const { "Ada" }, "Berg"],
        buttons: [{ quick_reply: const { "track-17" } }, { index: const { "3" }, url: const { "orders/17" } }],
    };

    // Beside an expression, the rest is still proven.
    let to = String::from("+15550100");
    let made = wa_message! { <button>
        to,
        body: const { "Keep your booking?" },
        buttons: [{ id: "keep", title: const { TITLE } }],
    };
    assert!(made.is_ok());

    // A generic constant, where the function is generic.
    fn from<T: Named>(to: &str) -> Result<Message, wa_message::InvalidMessage> {
        wa_message! { <text> to, body: T::NAME }
    }
    assert!(from::<Bakery>("+15550100").is_ok());

    let _: (&[ReplyButton], List<ReplyButton>) = (BUTTONS, List::from_static(BUTTONS));
    let _: Text = const { Text::from_static(TITLE) };
    let _ = Reply::new(TITLE, TITLE);
}
