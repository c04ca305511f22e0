// One section too many, which also makes one row too many.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "When?",
        button: "See hours",
        sections: [
            { title: "01", rows: [{ id: "01", title: "01:00" }] },
            { title: "02", rows: [{ id: "02", title: "02:00" }] },
            { title: "03", rows: [{ id: "03", title: "03:00" }] },
            { title: "04", rows: [{ id: "04", title: "04:00" }] },
            { title: "05", rows: [{ id: "05", title: "05:00" }] },
            { title: "06", rows: [{ id: "06", title: "06:00" }] },
            { title: "07", rows: [{ id: "07", title: "07:00" }] },
            { title: "08", rows: [{ id: "08", title: "08:00" }] },
            { title: "09", rows: [{ id: "09", title: "09:00" }] },
            { title: "10", rows: [{ id: "10", title: "10:00" }] },
            { title: "11", rows: [{ id: "11", title: "11:00" }] },
        ],
    };
}
