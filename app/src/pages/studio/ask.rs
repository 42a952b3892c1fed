//! Asking before something is taken away.

use leptos::prelude::*;

use crate::ui::chrome::Chrome;
use crate::ui::forms::{button_link, send};

/// What is asked.
pub struct Ask<'a> {
    /// The question, with what it is about.
    pub title: String,
    /// What follows from it.
    pub about: String,
    /// Where the answer goes, by POST.
    pub action: &'a str,
    /// The act, as its button says it.
    pub act: String,
    /// Where nothing happens.
    pub back: &'a str,
    /// What the form carries along.
    pub carries: Option<AnyView>,
}

impl Ask<'_> {
    /// The question with its two answers.
    pub fn view(self, chrome: &Chrome) -> AnyView {
        view! {
            <div class="column">
                <h1>{self.title}</h1>
                <p class="lede">{self.about}</p>
                <form method="post" action=chrome.href(self.action)>
                    {self.carries}
                    <div class="buttons">
                        {send(self.act)}
                        {button_link(chrome.href(self.back), chrome.text("studio-keep"))}
                    </div>
                </form>
            </div>
        }
        .into_any()
    }
}
