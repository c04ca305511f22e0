// The products of all sections are counted together.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <product_list>
        to: "+15550100",
        header: "Kitchen",
        body: "Picked for you",
        catalog_id: "884120775310012",
        sections: [
            { title: "Mugs", product_items: [
                "m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10",
                "m11", "m12", "m13", "m14", "m15", "m16", "m17", "m18", "m19", "m20",
            ] },
            { title: "Plates", product_items: [
                "p01", "p02", "p03", "p04", "p05", "p06", "p07", "p08", "p09", "p10", "p11",
            ] },
        ],
    };
}
