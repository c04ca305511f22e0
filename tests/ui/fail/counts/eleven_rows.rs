// The rows of all sections are counted together.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "When?",
        button: "See hours",
        sections: [
            { title: "Morning", rows: [
                { id: "07", title: "07:00" },
                { id: "08", title: "08:00" },
                { id: "09", title: "09:00" },
                { id: "10", title: "10:00" },
                { id: "11", title: "11:00" },
                { id: "12", title: "12:00" },
            ] },
            { title: "Evening", rows: [
                { id: "16", title: "16:00" },
                { id: "17", title: "17:00" },
                { id: "18", title: "18:00" },
                { id: "19", title: "19:00" },
                { id: "20", title: "20:00" },
            ] },
        ],
    };
}
