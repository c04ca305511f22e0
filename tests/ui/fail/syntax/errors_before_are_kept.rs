// What is wrong before and behind a mistake of syntax is not lost.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        to: "",
        header: "Everything that we cook tonight, from the first to the last course",
        body "Pick a dish",
        button: "See all of our dishes",
        sections: [{ title "Mains", rows: [{ id: "m1", titel: "Feijoada" }, { id: , title: "" }] }],
        footer: @,
    };
}
