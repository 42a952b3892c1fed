//! What is taken from Stripe's answers. All else in them is skipped while it is
//! read, and is nowhere after it (L2).

use miniserde::Deserialize;

/// A list.
#[derive(Deserialize)]
pub(super) struct Page<T> {
    pub data: Vec<T>,
    pub has_more: Option<bool>,
}

/// A customer, or what is left of one.
#[derive(Deserialize)]
pub(super) struct Customer {
    pub id: String,
    pub email: Option<String>,
    pub deleted: Option<bool>,
}

/// A payment intent.
#[derive(Deserialize)]
pub(super) struct PaymentIntent {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub created: i64,
    pub status: String,
}

/// A subscription. What it costs stands in its items.
#[derive(Deserialize)]
pub(super) struct Subscription {
    pub id: String,
    pub status: String,
    pub created: i64,
    pub items: Option<Page<Item>>,
}

/// One thing that is subscribed to.
#[derive(Deserialize)]
pub(super) struct Item {
    pub quantity: Option<i64>,
    pub price: Option<Price>,
    /// What older accounts have in place of a price.
    pub plan: Option<Price>,
}

/// What a thing costs each time.
#[derive(Deserialize)]
pub(super) struct Price {
    pub unit_amount: Option<i64>,
    pub amount: Option<i64>,
    pub currency: Option<String>,
}

/// An invoice. A draft may have no state yet.
#[derive(Deserialize)]
pub(super) struct Invoice {
    pub id: String,
    pub total: i64,
    pub currency: String,
    pub created: i64,
    pub status: Option<String>,
}

/// Anything, for asking whether it may be read.
#[derive(Deserialize)]
pub(super) struct Anything {
    pub object: Option<String>,
}
