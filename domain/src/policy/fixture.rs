//! A small document that the tests of this folder share.

use super::Document;
use crate::identifiers::Slug;

pub(super) fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

/// A document without errors, open points or warnings.
pub(super) fn document() -> Document {
    toml::from_str(
        r#"
        title = "Privacy policy"
        language = "en"

        [controller]
        name = "Acme"
        site = "acme.example"
        [[controller.contacts]]
        id = "privacy"
        label = "Privacy"
        email = "privacy@acme.example"

        [[facts.purposes]]
        id = "run"
        label = "to run your account"
        legal-basis = "contract"
        [[facts.sources]]
        id = "you"
        label = "you"
        [[facts.categories]]
        id = "call-recording"
        label = "Call recordings"
        description = "Calls as they were recorded."
        items = ["audio"]
        purposes = ["run"]
        sources = ["you"]
        [[facts.processors]]
        id = "deepgram"
        name = "Deepgram"
        does = "speech to text"
        categories = ["call-recording"]
        country = "United States"
        safeguard = "standard-clauses"
        policy-url = "https://deepgram.com/privacy"
        [[facts.cookies]]
        id = "session"
        name = "session"
        purpose = "necessary"
        description = "Keeps you signed in."
        [[facts.retention]]
        id = "call-recording"
        categories = ["call-recording"]
        period = "90 days"
        starts = "record"
        wording = "after the call"
        [[facts.holds]]
        id = "tax"
        categories = ["call-recording"]
        ground = "tax law"
        period = "10 years"
        [[facts.rights]]
        id = "access"
        right = "access"
        regime = "gdpr"
        description = "See what is held about you."
        days = 30
        [facts.children]
        minimum-age = 18
        on-report = "It is deleted."

        [[sections]]
        id = "retention"
        title = "How long"
        body = """
Recordings go after {{retention.call-recording.period}}.

{{retention}}
"""

        [[sections]]
        id = "lists"
        title = "The rest"
        body = """
{{contacts}}

{{categories}}

{{purposes}}

{{sources}}

{{processors}}

{{cookies}}

{{retention}}

{{holds}}

{{rights}}

{{children}}
"""
        "#,
    )
    .expect("a document")
}
