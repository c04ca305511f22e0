// Texts that are too long, at the text, with the limit and the length.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        header: "Tables for tonight, tomorrow night and every night of the week",
        body: "Keep your booking?",
        footer: "Bookings are free of charge and are kept for fifteen minutes.",
        buttons: [{ id: "keep", title: "Keep it for two of us" }],
    };
}
