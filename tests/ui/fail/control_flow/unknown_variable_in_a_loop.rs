// The variable of a loop is known in its body only.
use wa_message::wa_message;

fn main() {
    let dishes = [("m1", "Feijoada")];
    let _ = wa_message! { <list>
        to: "+15550100",
        body: title,
        button: "See dishes",
        sections: [{ rows: [for (id, title) in dishes { id: id, title: title }] }],
    };
}
