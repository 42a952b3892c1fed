//! A form that is sent with a passkey.
//!
//! It is the one thing here that cannot be done without JavaScript. The form is
//! hidden until the script has found that the browser can do it; until then, and
//! without, a sentence says so.

use domain::words::Words;
use leptos::prelude::*;

use super::forms::{FormState, hidden, send};

/// What the browser is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ceremony {
    /// To make a passkey.
    Create,
    /// To use one.
    Get,
}

/// A form that is sent with a passkey, in `credential`.
pub struct PasskeyForm {
    /// What the browser is asked to do.
    pub what: Ceremony,
    /// Where the script gets its options, by POST of the same form.
    pub options: String,
    /// Where the form goes.
    pub action: String,
    /// What else is in it.
    pub fields: AnyView,
    /// What the button says.
    pub send: String,
}

impl PasskeyForm {
    /// The form, with what was wrong with the field `passkey`.
    pub fn view(self, words: Words, state: &FormState) -> AnyView {
        let what = match self.what {
            Ceremony::Create => "create",
            Ceremony::Get => "get",
        };
        let error = state.error("passkey").map(|error| {
            view! {
                <p class="error" id="passkey">
                    <span class="unseen">{words.text("field-error-prefix")}" "</span>{error.to_owned()}
                </p>
            }
        });
        view! {
            <div class="passkey">
                {error}
                <p class="notice" data-said="without">{words.text("passkey-without")}</p>
                <p class="notice" data-said="unable" hidden=true>{words.text("passkey-unable")}</p>
                <form method="post" action=self.action novalidate=true hidden=true
                    data-passkey=what data-options=self.options>
                    {self.fields}
                    {hidden("credential", "")}
                    <p class="error" role="alert" data-said="failed" hidden=true>
                        {words.text("passkey-failed")}</p>
                    <p class="error" role="alert" data-said="known" hidden=true>
                        {words.text("passkey-known")}</p>
                    {send(self.send)}
                </form>
            </div>
        }
        .into_any()
    }
}
