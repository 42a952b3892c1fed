//! What is read of an event. The rest is neither read nor stored.

use domain::json::{ANSWER, read};
use serde::Deserialize;

use super::picture::is_reference;

/// An event that Stripe has sent.
#[derive(Deserialize)]
pub(super) struct Event {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened, in seconds.
    pub created: i64,
    pub livemode: Option<bool>,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Object,
}

#[derive(Deserialize)]
struct Object {
    id: Option<String>,
    customer: Option<Customer>,
}

/// As a reference, or with all about them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Customer {
    Reference(String),
    Whole { id: String },
}

impl Event {
    /// The event in a body, if it is one.
    pub fn parse(body: &[u8]) -> Option<Event> {
        let event: Event = read(body, &ANSWER).ok()?;
        let named = (1..=80).contains(&event.kind.len())
            && event
                .kind
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || b"._0123456789".contains(&byte));
        (named && is_reference("evt_", &event.id)).then_some(event)
    }

    /// Whom it is about.
    pub fn customer(&self) -> Option<&str> {
        let object = &self.data.object;
        let named = object.customer.as_ref().map(|customer| match customer {
            Customer::Reference(id) | Customer::Whole { id } => id.as_str(),
        });
        let own = object.id.as_deref();
        [named, own].into_iter().flatten().find(|id| is_reference("cus_", id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_says_whom_it_is_about() {
        let of = |object: &str| {
            let body = format!(
                r#"{{"id":"evt_1","type":"invoice.paid","created":1,"data":{{"object":{object}}}}}"#
            );
            Event::parse(body.as_bytes()).unwrap().customer().map(str::to_owned)
        };
        assert_eq!(of(r#"{"id":"cus_1","object":"customer"}"#).as_deref(), Some("cus_1"));
        assert_eq!(of(r#"{"id":"in_1","customer":"cus_2"}"#).as_deref(), Some("cus_2"));
        assert_eq!(
            of(r#"{"id":"in_1","customer":{"id":"cus_3","x":1}}"#).as_deref(),
            Some("cus_3")
        );
        assert_eq!(of(r#"{"id":"in_1","customer":null}"#), None);
        assert_eq!(of(r#"{"id":"payout_1"}"#), None);
    }

    #[test]
    fn what_is_no_event_is_none() {
        for body in [
            "",
            "[]",
            // More than an event has, in fields that are not read.
            &format!(
                r#"{{"id":"evt_1","type":"a","created":1,"data":{{"object":{{"x":{}}}}}}}"#,
                "[".repeat(9_000)
            ),
            &format!(
                r#"{{"id":"evt_1","type":"a","created":1,"data":{{"object":{{"x":[{}0]}}}}}}"#,
                "0,".repeat(200_000)
            ),
            r#"{"id":"evt_1"}"#,
            r#"{"id":"4242424242424242","type":"a","created":1,"data":{"object":{}}}"#,
            r#"{"id":"evt_1","type":"A person's name","created":1,"data":{"object":{}}}"#,
        ] {
            assert!(Event::parse(body.as_bytes()).is_none(), "{body}");
        }
    }
}
