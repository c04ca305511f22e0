// A language that is known at run time has to fit all definitions.
use wa_message::wa_message;

fn main() {
    let language = String::from("de");
    let _ = wa_message! { <template>
        to: "+15550100",
        name: "reminder",
        language: language,
        body: ["eight"],
    };
}
