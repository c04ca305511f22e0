//! Addresses.

use wa_message::{Message, wa_message};

use crate::documents::same_as_example;

#[test]
fn address() {
    let message: Message = wa_message! { <address_message>
        to: "+919820012345",
        recipient_type: "individual",
        header: "Delivery",
        body: "Thank you, Ada. Where shall we deliver your order?",
        footer: "Orders leave at noon",
        country: "IN",
        values: { name: "Ada Berg", phone_number: "+919820012345" },
        saved_addresses: [{ id: "home", value: {
            name: "Ada Berg",
            phone_number: "+919820012345",
            in_pin_code: "411001",
            house_number: "12",
            floor_number: "3",
            tower_number: "B",
            building_name: "Lotus Court",
            address: "1 MG Road",
            landmark_area: "Near the station",
            city: "Pune",
            state: "Maharashtra",
        } }],
    };
    same_as_example(&message, example!("address_message"));
}
