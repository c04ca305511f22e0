// Misspelled fields of inner objects. The required ones are not reported as missing besides.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ titel: "Mains", rows: [{ id: "m1", tittle: "Feijoada", descripton: "With rice" }] }],
    };
}
