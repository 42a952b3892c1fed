//! What somebody reads who comes second: who has decided it already, and when.

use domain::words::Words;
use engine::accounts::{By, Decided};
use jiff::tz::TimeZone;
use leptos::prelude::*;

/// A decision that was there first.
#[derive(Debug, Clone)]
pub struct Already {
    /// Who and when.
    pub decided: Decided,
    /// What the second one had written.
    pub written: String,
    /// Whether they have sent something, or have only come to see.
    pub sent: bool,
}

impl Already {
    /// To whoever comes to see.
    pub fn seen(decided: Decided) -> Already {
        Already { decided, written: String::new(), sent: false }
    }

    /// To whoever has sent something that comes too late.
    pub fn sent(decided: Decided, written: String) -> Already {
        Already { decided, written, sent: true }
    }

    /// The notice.
    pub fn view(&self, words: Words, zone: &TimeZone) -> AnyView {
        let said = said(words, zone, &self.decided);
        let late = self.sent.then(|| words.text("decided-late"));
        let written = (!self.written.trim().is_empty()).then(|| {
            view! {
                <p class="quiet">{words.text("decided-written")}</p>
                <blockquote class="message" dir="auto">{self.written.clone()}</blockquote>
            }
        });
        let focus = self.sent;
        view! {
            <div class="notice" role="status" tabindex="-1" autofocus=focus>
                <p>{said}" "{late}</p>
                {written}
            </div>
        }
        .into_any()
    }
}

/// "kim@example.com has decided this on 21 November 2026, 12:00."
pub fn said(words: Words, zone: &TimeZone, decided: &Decided) -> String {
    let there = jiff::Timestamp::from(decided.at).to_zoned(zone.clone());
    let when = format!("{}, {:02}:{:02}", words.date(there.date()), there.hour(), there.minute());
    let when = ("when", when.into());
    match &decided.by {
        By::You => words.with("decided-by-you", &[when]),
        By::Staff(Some(email)) => {
            words.with("decided-by-staff", &[when, ("who", email.to_string().into())])
        }
        By::Staff(None) => words.with("decided-by-somebody", &[when]),
        By::Person => words.with("decided-by-person", &[when]),
        By::Portal => words.with("decided-by-portal", &[when]),
    }
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use engine::storage::Timestamp;

    use super::*;

    #[test]
    fn everybody_who_may_have_been_first_has_their_words() {
        let email = "kim@example.org".parse().unwrap();
        let all = [By::You, By::Staff(Some(email)), By::Staff(None), By::Person, By::Portal];
        for language in Language::ALL {
            let words = Words::new(language);
            for by in all.clone() {
                let decided = Decided { by, at: Timestamp(1_795_262_400_000), now: false };
                let already = Already::sent(decided, "<b>because".to_owned());
                let html = Owner::new().with(|| already.view(words, &TimeZone::UTC).to_html());
                assert!(html.contains("2026, 12:00") && !html.contains("Unknown"), "{html}");
                assert!(html.contains("&lt;b&gt;because"), "{html}");
            }
        }
    }
}
