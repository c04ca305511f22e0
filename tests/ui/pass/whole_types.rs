// The generated types stand wherever an object or an array does.
use wa_message::{
    InvalidMessage, List,
    types::{
        BodyParameter, ButtonComponent, Contact, ContactName, Content, Context, Currency, Header,
        HeaderDocument, HeaderParameter, Interactive, ListSection, ParameterImage,
        PayloadParameter, Phone, ProductItem, ProductSection, QuickReplyButton, Reply, ReplyButton,
        Row, TemplateComponent, TextHeader, UrlButton,
    },
    wa_message,
};

fn main() -> Result<(), InvalidMessage> {
    let header = Header::Document {
        document: HeaderDocument::by_link("https://example.org/menu.pdf").with_filename("menu.pdf"),
    };
    let keep = ReplyButton::new(Reply::new("keep", "Keep"));
    let button = wa_message! { <button>
        to: "+15550100",
        context: Context::new("wamid.HBgL"),
        header: header,
        body: "Keep your booking?",
        buttons: [keep.clone(), { id: "cancel", title: "Cancel" }],
    }?;
    assert!(button.to_json().contains("menu.pdf"));
    let all: List<ReplyButton> = [keep.clone()].into_iter().collect();
    assert!(wa_message! { <button> to: "+15550100", body: "b", buttons: all }.is_ok());
    assert!(
        wa_message! { <button> to: "+15550100", body: "b", buttons: vec![keep.clone()] }.is_ok()
    );
    assert!(wa_message! { <button> to: "+15550100", body: "b", buttons: [keep] }.is_ok());

    let rows = vec![Row::new("m1", "Feijoada").with_description("With rice")];
    let section = ListSection::new(rows.clone()).with_title("Mains");
    let list = wa_message! { <list>
        to: "+15550100",
        header: TextHeader::new("Tonight"),
        body: "Pick a dish",
        button: "See dishes",
        sections: [section, { title: "Same", rows: rows.iter().map(|row| Row::new(format!("2{}", row.id.as_str()), row.title.as_str())) }],
    }?;
    assert!(matches!(list.content, Content::Interactive { interactive: Interactive::List(_) }));

    let products = wa_message! { <product_list>
        to: "+15550100",
        header: "Kitchen",
        body: "Picked for you",
        catalog_id: "884120775310012",
        sections: vec![ProductSection::new([ProductItem::new("mug-blue"), ProductItem::new("mug-red")])],
    };
    assert!(products.is_ok());

    let name = ContactName::new("Ada Berg").with_first_name("Ada");
    let ada = Contact::new(name.clone()).with_phones([Phone::default().with_phone("+15550101")]);
    let contacts = wa_message! { <contacts> to: "+15550100", contacts: [ada.clone(), { name: name, phones: [Phone::default()] }, ..[ada]] };
    assert!(contacts.is_ok());

    let image =
        HeaderParameter::Image { image: ParameterImage::by_link("https://example.org/bread.png") };
    let amount = BodyParameter::Currency { currency: Currency::new("$12.50", "USD", 12_500) };
    let track = QuickReplyButton::new("0", [PayloadParameter::new("track-17")]);
    let template = wa_message! { <template>
        to: "+15550100",
        name: "order_ready",
        language: "en_US",
        header: image,
        body: ["Ada", amount],
        buttons: [..[ButtonComponent::QuickReply(track.clone())], { url: "orders/17" }],
    }?;
    assert!(template.to_json().contains(r#""index":"1""#));
    let components: Vec<TemplateComponent> =
        vec![TemplateComponent::Button(ButtonComponent::Url(UrlButton::new("0", ["orders/17"])))];
    assert!(wa_message! { <template> to: "+15550100", name: "order_ready", language: "en", components: components }.is_ok());
    Ok(())
}
