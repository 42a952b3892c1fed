//! A form as it was sent.

use axum::Form;
use axum::extract::{FromRequest, Request};

use crate::trouble::Trouble;
use crate::ui::forms::FormState;

/// The fields of a form, in the order of the page.
#[derive(Debug, Clone, Default)]
pub struct SentForm(Vec<(String, String)>);

impl SentForm {
    /// What was typed into a field, without the space around it.
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// Everything that was chosen in a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Several lines, with line ends as files have them.
    pub fn lines(&self, name: &str) -> String {
        self.one(name).replace("\r\n", "\n")
    }

    /// The form to be shown again as it was filled in.
    pub fn state(&self) -> FormState {
        let mut state = FormState::default();
        for (name, value) in &self.0 {
            // Several choices of one question are joined by spaces.
            let typed: &mut String = state.values.entry(name.clone()).or_default();
            if !typed.is_empty() {
                typed.push(' ');
            }
            typed.push_str(value);
        }
        state
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for SentForm {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> SentForm {
        SentForm(fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl<S: Send + Sync> FromRequest<S> for SentForm {
    type Rejection = Trouble;

    async fn from_request(request: Request, state: &S) -> Result<SentForm, Trouble> {
        Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map(|Form(fields)| SentForm(fields))
            .map_err(|_| Trouble::Unprocessable)
    }
}
