// Sends one message of every shape that whatsapp-api-js knows to the sandbox, and prints a line of JSON
// for each call: its name, and why it was refused.

import { WhatsAppAPI } from "whatsapp-api-js";
import * as m from "whatsapp-api-js/messages";

const { SANDBOX, TOKEN } = process.env;
const PHONE = "100200300400500";
const TO = "15550100";
const WAMID = "wamid.HBgLMTU1NTAxMDA";
const MEDIA = "1013859600285441";
const LINK = "https://example.org/";

const api = new WhatsAppAPI({
    token: TOKEN,
    secure: false,
    v: "v23.0",
    ponyfill: {
        fetch: (url, options) => fetch(url.replace("https://graph.facebook.com", SANDBOX), options),
    },
});

const body = new m.Body("Which one?");
const product = new m.Product("cake-1");
const catalogProduct = new m.CatalogProduct("cake-1", "146265584024623");
const section = new m.ProductSection("Cakes", product, new m.Product("cake-2"));
const interactive = (action, ...rest) => new m.Interactive(action, body, ...rest);
const template = (...components) => new m.Template("order", "en_US", ...components);
// Its tap target is left out: it is an object, and Meta describes an array.
const card = (n) =>
    new m.CarouselCard(
        new m.Image(MEDIA, true),
        new m.BodyComponent(new m.BodyParameter("Cake")),
        new m.PayloadComponent(`cake-${n}`),
    );
const contact = [
    new m.Name("Bakery", "Bakery"),
    new m.Phone("+15550100", "WORK", TO),
    new m.Email("bakery@example.org", "WORK"),
    new m.Url(LINK, "WORK"),
    new m.Address("USA", "us", "CA", "Springfield", "Main Street 1", "12345", "WORK"),
    new m.Organization("Bakery", "Sales", "Baker"),
    new m.Birthday("2000", "01", "31"),
];

const messages = {
    text: () => new m.Text("Hello"),
    "text with preview": () => new m.Text(LINK, true),
    audio: () => new m.Audio(MEDIA, true),
    document: () => new m.Document(MEDIA, true, "Menu", "menu.pdf"),
    "image by id": () => new m.Image(MEDIA, true, "A cake"),
    "image by link": () => new m.Image(`${LINK}cake.png`),
    sticker: () => new m.Sticker(MEDIA, true),
    video: () => new m.Video(MEDIA, true),
    location: () => new m.Location(13.4, 52.5, "Bakery", "Main Street 1"),
    reaction: () => new m.Reaction(WAMID, "👍"),
    "reaction taken back": () => new m.Reaction(WAMID),
    contacts: () => new m.Contacts(contact),
    button: () =>
        interactive(
            new m.ActionButtons(new m.Button("keep", "Keep it")),
            new m.Header("Table"),
            new m.Footer("Bakery"),
        ),
    list: () =>
        interactive(
            new m.ActionList("See", new m.ListSection("Mains", new m.Row("m1", "Rice", "Hot"))),
        ),
    cta_url: () => interactive(new m.ActionCTA("Open", LINK)),
    catalog_message: () => interactive(new m.ActionCatalog(product)),
    product: () => interactive(new m.ActionProduct(catalogProduct)),
    product_list: () =>
        interactive(new m.ActionProductList("146265584024623", section), new m.Header("Cakes")),
    "flow that navigates": () =>
        interactive(new m.ActionNavigateFlow("token", "900001", "Sign up", "START", { a: "b" })),
    "flow that asks": () => interactive(new m.ActionDataExchangeFlow("token", "900001", "Sign up")),
    location_request_message: () => interactive(new m.ActionLocation()),
    call_permission_request: () => interactive(new m.ActionCallPermission()),
    request_contact_info: () => interactive(new m.ActionContactRequest()),
    template: () => template(),
    "template: header and body": () =>
        template(
            new m.HeaderComponent(new m.HeaderParameter(new m.Image(MEDIA, true))),
            new m.BodyComponent(
                new m.BodyParameter("Ada"),
                new m.BodyParameter(new m.Currency(12500, "USD", "$12.50")),
                new m.BodyParameter(new m.DateTime("3 May 2026")),
            ),
        ),
    "template: by name": () =>
        template(
            new m.HeaderComponent(new m.HeaderParameter("17", "number")),
            new m.BodyComponent(new m.BodyParameter("Ada", "first_name")),
        ),
    "template: buttons": () =>
        template(new m.URLComponent("orders/17"), new m.PayloadComponent("track-17")),
    "template: coupon code": () => template(new m.CopyComponent("25OFF")),
    "template: flow": () => template(new m.FlowComponent("token", { a: "b" })),
    "template: catalog": () => template(new m.CatalogComponent(product)),
    "template: products": () => template(new m.MPMComponent(product, section)),
    "template: one-time code": () => m.Template.OTP("code", "en_US", "123456"),
    "template: limited-time offer": () =>
        template(
            new m.HeaderComponent(new m.HeaderParameter(new m.Image(MEDIA, true))),
            new m.LTOComponent(2_000_000_000_000),
            new m.CopyComponent("25OFF"),
        ),
    "template: carousel": () => template(new m.CarouselComponent(card(0), card(1))),
};

const calls = Object.entries(messages).map(([name, make]) => [
    name,
    () => api.sendMessage(PHONE, TO, make()),
]);
calls.push(
    ["text as a reply", () => api.sendMessage(PHONE, TO, new m.Text("Hello"), WAMID, "order-17")],
    ["read", () => api.markAsRead(PHONE, WAMID)],
    ["read and typing", () => api.markAsRead(PHONE, WAMID, "text")],
);

for (const [name, call] of calls) {
    let refusal = null;
    try {
        const answer = await call();
        if (answer.error) refusal = answer.error.error_data?.details ?? answer.error.message;
    } catch (error) {
        refusal = String(error);
    }
    console.log(JSON.stringify([name, refusal]));
}
