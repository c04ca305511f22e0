//! Contacts.

use serde_json::json;
use wa_message::{Message, types, wa_message};

use crate::{
    Outcome,
    documents::{as_in_the_file, document, same},
};

#[test]
fn contacts() -> Outcome {
    let wire = document(
        "contacts",
        &json!([
            {
                "name": { "formatted_name": "Ada Berg", "first_name": "Ada", "last_name": "Berg" },
                "birthday": "1984-07-09",
                "addresses": [{ "city": "Oslo", "country_code": "NO", "type": "HOME" }],
                "emails": [{ "email": "ada@example.org" }, { "email": "ada@bakery.example", "type": "WORK" }],
                "org": { "company": "Berg Bakery" },
                "phones": [{ "phone": "+15550101", "wa_id": "15550101" }],
                "urls": [{ "url": "https://example.org/ada" }],
            },
            { "name": { "formatted_name": "Ole", "first_name": "Ole" } },
        ]),
    );
    let message: Message = wa_message! { <contacts>
        to: "+15550100",
        contacts: [
            {
                name: { formatted_name: "Ada Berg", first_name: "Ada", last_name: "Berg" },
                birthday: "1984-07-09",
                addresses: [{ city: "Oslo", country_code: "NO", type: "HOME" }],
                emails: ["ada@example.org", { email: "ada@bakery.example", type: "WORK" }],
                org: "Berg Bakery",
                phones: [{ phone: "+15550101", wa_id: "15550101" }],
                urls: ["https://example.org/ada"],
            },
            { name: { formatted_name: "Ole", first_name: "Ole" } },
        ],
    };
    same(&message, &wire);

    let (first, birthday, company, work) = ("Ada", Some("1984-07-09"), "Berg Bakery", "WORK");
    let emails = ["ada@example.org"];
    let message = wa_message! { <contacts>
        to: "+15550100",
        contacts: [
            {
                name: { formatted_name: format!("{first} Berg"), first_name: first, last_name: "Berg" },
                birthday,
                addresses: vec![
                    types::Address::default().with_city("Oslo").with_country_code("NO").with_type("HOME"),
                ],
                emails: [..emails, { email: "ada@bakery.example", type: work }],
                org: company,
                phones: [types::Phone::default().with_phone("+15550101").with_wa_id("15550101")],
                urls: [for path in ["ada"] { url: format!("https://example.org/{path}") }],
            },
            for name in ["Ole"] { name: { formatted_name: name, first_name: name } },
        ],
    }?;
    same(&message, &wire);

    let ada = types::Contact::new(
        types::ContactName::new("Ada Berg").with_first_name(first).with_last_name("Berg"),
    )
    .with_birthday("1984-07-09")
    .with_addresses([types::Address::default()
        .with_city("Oslo")
        .with_country_code("NO")
        .with_type("HOME")])
    .with_emails([
        types::Email::default().with_email("ada@example.org"),
        types::Email::default().with_email("ada@bakery.example").with_type("WORK"),
    ])
    .with_org(types::Organization::default().with_company("Berg Bakery"))
    .with_phones([types::Phone::default().with_phone("+15550101").with_wa_id("15550101")])
    .with_urls([types::Url::default().with_url("https://example.org/ada")]);
    let ole = types::Contact::new(types::ContactName::new("Ole").with_first_name("Ole"));
    let both = vec![ada.clone(), ole.clone()];
    same(&wa_message! { <contacts> to: "+15550100", contacts: both }?, &wire);
    same(&wa_message! { <contacts> to: "+15550100", contacts: [ada, ..Some(ole)] }?, &wire);
    Ok(())
}

#[test]
fn example_contacts() {
    let message: Message = wa_message!({
      "messaging_product": "whatsapp",
      "to": "+16505551234",
      "type": "contacts",
      "contacts": [
        {
          "addresses": [
            {
              "street": "12 Mill Lane",
              "city": "Menlo Park",
              "state": "CA",
              "zip": "94025",
              "country": "United States",
              "country_code": "US",
              "type": "HOME"
            },
            {
              "street": "4 Quay Street",
              "city": "San Mateo",
              "state": "CA",
              "zip": "94401",
              "country": "United States",
              "country_code": "US",
              "type": "WORK"
            }
          ],
          "birthday": "1984-07-09",
          "emails": [
            {
              "email": "ada@bakery.example",
              "type": "WORK"
            },
            {
              "email": "ada.berg@example.org",
              "type": "HOME"
            }
          ],
          "name": {
            "formatted_name": "Dr. Ada Marie Berg Jr.",
            "first_name": "Ada",
            "last_name": "Berg",
            "middle_name": "Marie",
            "suffix": "Jr.",
            "prefix": "Dr."
          },
          "org": {
            "company": "Berg Bakery",
            "department": "Bread",
            "title": "Head baker"
          },
          "phones": [
            {
              "phone": "+16505551235",
              "type": "HOME"
            },
            {
              "phone": "+16505551236",
              "type": "WORK",
              "wa_id": "16505551236"
            }
          ],
          "urls": [
            {
              "url": "https://example.org/bakery",
              "type": "WORK"
            },
            {
              "url": "https://example.org/ada",
              "type": "HOME"
            }
          ]
        }
      ]
    });
    as_in_the_file(&message.to_json(), example!("contacts"));
}
