"""Sends one message of every shape that pywa knows to the sandbox."""

import datetime
import sys

import httpx
from pywa import WhatsApp, types
from pywa.types import templates as t

import sandbox

TO = "15550100"
WAMID = "wamid.HBgLMTU1NTAxMDA"
MEDIA = "1013859600285441"
LINK = "https://example.org/"
BUTTONS = [types.Button("Keep it", "keep"), types.Button("Cancel it", "cancel")]
ENGLISH = t.TemplateLanguage.ENGLISH_US


def template(name, *params):
    return lambda wa: wa.send_template(TO, name, ENGLISH, params=list(params) or None)


def products():
    return [types.ProductsSection("Cakes", ["cake-1", "cake-2"])]


def contact():
    return types.Contact(
        name=types.Contact.Name(formatted_name="Bakery", first_name="Bakery"),
        phones=[types.Contact.Phone(phone="+15550100", type="WORK", wa_id=TO)],
        emails=[types.Contact.Email(email="bakery@example.org", type="WORK")],
        urls=[types.Contact.Url(url=LINK, type="WORK")],
        addresses=[types.Contact.Address(city="Springfield", country_code="us", type="WORK")],
        org=types.Contact.Org(company="Bakery"),
        birthday="2000-01-31",
    )


def sections():
    row = types.SectionRow("Feijoada", "m1", "With rice")
    return types.SectionList("See dishes", [types.Section("Mains", [row])])


def flow(**more):
    return types.FlowButton(title="Sign up", flow_id="900001", flow_token="token", **more)


def navigate():
    return flow(
        flow_action_type=types.FlowActionType.NAVIGATE,
        flow_action_screen="START",
        flow_action_payload={"name": "Ada"},
    )


def carousel_card(index):
    return types.ImageCarouselCard(
        body=f"Cake {index}",
        buttons=types.URLButton("Look", f"{LINK}cakes/{index}"),
        image=f"{LINK}{index}.png",
    )


def template_cards():
    def card(index):
        return t.CarouselCard.params(
            index=index,
            params=[
                t.HeaderImage.params(image=MEDIA),
                t.BodyText.params("Cake"),
                t.QuickReplyButton.params(callback_data=f"cake-{index}", index=0),
            ],
        )

    return t.Carousel.params(cards=[card(0), card(1)])


CALLS = {
    "text": lambda wa: wa.send_message(TO, "Hello"),
    "text with preview": lambda wa: wa.send_message(TO, LINK, preview_url=True),
    "text as a reply": lambda wa: wa.send_message(
        TO, "Hello", reply_to_message_id=WAMID, tracker="order-17"
    ),
    "image by id": lambda wa: wa.send_image(TO, MEDIA, caption="A cake"),
    "image by link": lambda wa: wa.send_image(TO, f"{LINK}cake.png"),
    "image with buttons": lambda wa: wa.send_image(TO, MEDIA, caption="A cake", buttons=BUTTONS),
    "video": lambda wa: wa.send_video(TO, MEDIA),
    "document": lambda wa: wa.send_document(TO, MEDIA, filename="menu.pdf", caption="Menu"),
    "audio": lambda wa: wa.send_audio(TO, MEDIA),
    "voice": lambda wa: wa.send_voice(TO, MEDIA),
    "sticker": lambda wa: wa.send_sticker(TO, MEDIA),
    "reaction": lambda wa: wa.send_reaction(TO, "👍", WAMID),
    "reaction taken back": lambda wa: wa.remove_reaction(TO, WAMID),
    "location": lambda wa: wa.send_location(TO, 52.5, 13.4, "Bakery", "Main Street 1"),
    "contact": lambda wa: wa.send_contact(TO, contact()),
    "location request": lambda wa: wa.request_location(TO, "Where are you?"),
    "button": lambda wa: wa.send_message(TO, "Keep it?", "Table", "Bakery", BUTTONS),
    "list": lambda wa: wa.send_message(TO, "Pick a dish", buttons=sections()),
    "cta_url": lambda wa: wa.send_message(TO, "Look", buttons=types.URLButton("Open", LINK)),
    "voice_call": lambda wa: wa.send_message(
        TO, "Call us", buttons=types.VoiceCallButton("Call", ttl_minutes=60)
    ),
    "call_permission_request": lambda wa: wa.send_message(
        TO, "May we call?", buttons=types.CallPermissionRequestButton()
    ),
    "request_contact_info": lambda wa: wa.send_message(
        TO, "Your number?", buttons=types.ContactInfoRequestButton()
    ),
    "flow": lambda wa: wa.send_message(TO, "Sign up", buttons=flow()),
    "flow that navigates": lambda wa: wa.send_message(TO, "Sign up", buttons=navigate()),
    "catalog_message": lambda wa: wa.send_catalog(TO, "Cakes", thumbnail_product_sku="cake-1"),
    "product": lambda wa: wa.send_product(TO, "146265584024623", "cake-1", "A cake"),
    "product_list": lambda wa: wa.send_products(
        TO, "146265584024623", products(), "Cakes", "All cakes"
    ),
    "carousel": lambda wa: wa.send_carousel(
        TO, body="Cakes", cards=[carousel_card(1), carousel_card(2)]
    ),
    "pin": lambda wa: wa.pin_message("Y2FwaV9ncm91cDox", WAMID, expiration_days=7),
    "unpin": lambda wa: wa.unpin_message("Y2FwaV9ncm91cDox", WAMID),
    "read": lambda wa: wa.mark_message_as_read(WAMID),
    "read and typing": lambda wa: wa.indicate_typing(WAMID),
    "template": template("hello_world"),
    "template: body": template("order", t.BodyText.params("Ada", "17")),
    "template: body by name": template("order", t.BodyText.params(first_name="Ada")),
    "template: header text": template("order", t.HeaderText.params("17")),
    "template: header image": template("cake", t.HeaderImage.params(image=MEDIA)),
    "template: header video": template("cake", t.HeaderVideo.params(video=MEDIA)),
    "template: header document": template(
        "cake", t.HeaderDocument.params(document=MEDIA, filename="menu.pdf")
    ),
    "template: header location": template(
        "cake",
        t.HeaderLocation.params(lat=52.5, lon=13.4, name="Bakery", address="Main Street 1"),
    ),
    "template: header product": template(
        "cake", t.HeaderProduct.params(catalog_id="146265584024623", sku="cake-1")
    ),
    "template: currency and date": template(
        "order",
        t.BodyText.params(
            t.Currency(fallback_value="$12.50", code="USD", amount_1000=12500),
            t.DateTime(fallback_value="3 May 2026"),
        ),
    ),
    "template: quick replies": template(
        "order",
        t.QuickReplyButton.params(callback_data="yes", index=0),
        t.QuickReplyButton.params(callback_data="no", index=1),
    ),
    "template: url": template("order", t.URLButton.params(url_variable="orders/17", index=0)),
    "template: coupon code": template("offer", t.CopyCodeButton.params(coupon_code="25OFF", index=0)),
    "template: flow": template(
        "sign_up", t.FlowButton.params(index=0, flow_token="token", flow_action_data={"a": "b"})
    ),
    "template: catalog": template(
        "cake", t.CatalogButton.params(thumbnail_product_sku="cake-1", index=0)
    ),
    "template: products": template(
        "cake",
        t.MPMButton.params(product_sections=products(), thumbnail_product_sku="cake-1", index=0),
    ),
    "template: one-time code": template(
        "code", t.AuthenticationBody.params(otp="123456"), t.CopyCodeOTPButton.params(otp="123456")
    ),
    "template: limited-time offer": template(
        "offer",
        t.HeaderImage.params(image=MEDIA),
        t.BodyText.params("Ada"),
        t.LimitedTimeOffer.params(
            expiration_time=datetime.datetime(2033, 5, 18, tzinfo=datetime.timezone.utc)
        ),
        t.CopyCodeButton.params(coupon_code="25OFF", index=0),
    ),
    "template: carousel": template("cakes", t.BodyText.params("Ada"), template_cards()),
}


def main():
    process, address = sandbox.start()
    answers = []
    session = httpx.Client(event_hooks={"response": [answers.append]})
    try:
        wa = WhatsApp(phone_id="100200300400500", token=sandbox.TOKEN, session=session)
        session.base_url = f"{address}/v23.0"
        outcomes = [(name, outcome(call, wa, answers)) for name, call in CALLS.items()]
    finally:
        process.terminate()
    return sandbox.report("pywa", outcomes)


def outcome(call, wa, answers):
    """Says why a call was refused. What the client makes of an answer is its own affair."""
    answers.clear()
    try:
        call(wa)
    except Exception as error:
        if not answers or answers[-1].status_code != 200:
            return f"{type(error).__name__}: {error}"
        print(f"pywa  cannot read what was answered to a call: {error!r}")


if __name__ == "__main__":
    sys.exit(main())
