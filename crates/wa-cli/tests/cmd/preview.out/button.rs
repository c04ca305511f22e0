wa_message! { <button>
    to: "+15550100",
    body: "Keep the table?",
    buttons: [{ id: "keep", title: "Keep it" }],
}
