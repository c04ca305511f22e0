wa_message! { <text> to: "+15550100", boddy: "Hi" }
