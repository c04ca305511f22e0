//! Requests for a location, contact data and permission to call, and calls.

use wa_message::{Message, types, wa_message};

use crate::documents::same_as_example;

#[test]
fn requests_and_calls() {
    let recipient_type = types::RecipientType::Individual;
    let message: Message = wa_message! { <location_request_message>
        to: "+16505551234", recipient_type: "individual",
        body: "Your driver is on the way. Where shall we pick you up?",
    };
    same_as_example(&message, example!("location_request_message"));
    let message: Message = wa_message! { <request_contact_info>
        to: "+16505551234", recipient_type: "individual",
        body: "May we have your number, to tell you when your table is free?",
        footer: "We write once",
    };
    same_as_example(&message, example!("request_contact_info"));
    let message: Message = wa_message! { <call_permission_request>
        to: "+16505551234", recipient_type: "individual",
        body: "May we call you about the delivery of your sofa?",
    };
    same_as_example(&message, example!("call_permission_request"));
    let minutes = 1440;
    let message = wa_message! { <voice_call>
        to: "+16505551234", recipient_type,
        body: "Questions about your booking? Call us on WhatsApp.",
        footer: "Open until six",
        display_text: "Call the desk",
        ttl_minutes: minutes,
        payload: "booking-17",
    };
    same_as_example(&message.unwrap(), example!("voice_call"));
}
