// A comment in a message has two slashes, and fields take no attributes.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        /// The guest.
        to: "+15550100",
        // This is one.
        #[cfg(test)]
        body: "Keep it?",
        buttons: [
            /// Yes.
            { id: "keep", title: "Keep" },
        ],
    };
}
