//! Orders of customers.

use serde_json::Value;

use crate::{generated::customer::ORDER_ITEM, recipe::fill};

/// A product that a customer [orders](super::Customer::orders).
#[derive(Debug, Clone, PartialEq)]
pub struct OrderedItem {
    retailer_id: String,
    quantity: u32,
    price: f64,
    money: String,
}

impl OrderedItem {
    /// One piece of a product, by its id in the catalog, at this price in the money of this code, such as `EUR`.
    pub fn new(retailer_id: impl Into<String>, price: f64, money: impl Into<String>) -> Self {
        Self { retailer_id: retailer_id.into(), quantity: 1, price, money: money.into() }
    }

    /// How many are ordered. Defaults to 1.
    #[must_use]
    pub fn quantity(mut self, quantity: u32) -> Self {
        self.quantity = quantity;
        self
    }

    pub(super) fn into_json(self) -> Value {
        let gives = ORDER_ITEM.first().map(|made| made.gives).unwrap_or_default();
        fill(gives, |hole| {
            Some(match hole {
                "id" => self.retailer_id.clone().into(),
                "quantity" => self.quantity.into(),
                "price" => self.price.into(),
                "money" => self.money.clone().into(),
                _ => return None,
            })
        })
    }
}
