// The texts of a list.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        button: "See all of the dishes",
        sections: [{
            title: "Main courses for tonight.",
            rows: [{
                id: "m1",
                title: "Feijoada with white rice.",
                description: "Black beans with smoked pork, served with rice, cabbage, orange and more.",
            }],
        }],
    };
}
