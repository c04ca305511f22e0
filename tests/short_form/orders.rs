//! Orders and their states.

use wa_message::{Message, wa_message};

use crate::{
    Outcome,
    documents::{first, same_as_example},
};

#[test]
fn orders() -> Outcome {
    let items = [
        ("mug-blue", "Blue mug", 50_000, Some(45_000), 2),
        ("plate-small", "Small plate", 10_000, None, 3),
    ];
    let subtotal: i64 =
        items.iter().map(|(.., amount, sale, quantity)| sale.unwrap_or(*amount) * quantity).sum();
    let message = wa_message! { <order_details>
        to: "+919820012345",
        recipient_type: "individual",
        header: { image: { link: "https://example.org/kitchen.png" } },
        body: "Your order is ready to be paid.",
        footer: "Thank you for shopping with us",
        reference_id: "order-2026.17",
        type: "physical-goods",
        payment_settings: [{ payment_gateway: {
            type: "razorpay",
            configuration_name: "main",
            razorpay: { receipt: "receipt-17", notes: { shop: "Pune" } },
        } }],
        currency: "INR",
        total_amount: subtotal + 6_000 + 5_000 - 10_000,
        beneficiaries: [{
            name: "Ada Berg",
            address_line1: "1 MG Road",
            address_line2: "Near the station",
            city: "Pune",
            state: "Maharashtra",
            postal_code: "411001",
        }],
        order: {
            expiration: { timestamp: "4102444800", description: "The order is kept for you until then" },
            items: [for (id, name, amount, sale, quantity) in items {
                retailer_id: id,
                name: name,
                amount: amount,
                sale_amount: sale,
                quantity: quantity,
                country_of_origin: "India",
                importer_name: "Casa Imports",
                importer_address: {
                    address_line1: "9 FC Road",
                    city: "Pune",
                    zone_code: "MH",
                    postal_code: "411004",
                    country_code: "IN",
                },
            }],
            subtotal: subtotal,
            tax: { value: 6_000, description: "GST" },
            shipping: { value: 5_000, description: "By courier" },
            discount: {
                value: 10_000,
                description: "Spring sale",
                discount_program_name: "Friends of the house",
            },
        },
    }?;
    same_as_example(&message, example!("order_details"));

    let total = 99;
    let wrong = wa_message! { <order_details>
        to: "+5511955551234", body: "b", reference_id: "r", type: "digital-goods", payment_type: "br",
        currency: "BRL", total_amount: total,
        order: { items: [{ name: "n", amount: 100, quantity: 1 }], subtotal: 100, tax: 0 },
    };
    assert_eq!(
        first(wrong).1,
        "`total_amount.value` is 99, and must be 100: the subtotal with tax and shipping, less the discount"
    );

    let message: Message = wa_message! { <order_status>
        to: "+5511955551234",
        recipient_type: "individual",
        body: "Your order is on its way. It should be with you tomorrow.",
        footer: "Thank you for shopping with us",
        reference_id: "order-2026.17",
        // Another spelling that is read.
        order: { status: "partially_shipped", description: "The plates follow on Monday" },
        payment: { status: "captured", timestamp: 1_795_384_800 },
    };
    same_as_example(&message, example!("order_status"));
    Ok(())
}
