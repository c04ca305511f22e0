wa_message! { <text> to: "+15550100", body: "Your order is ready." }
