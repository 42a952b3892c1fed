//! Which account at Stripe, and how it is asked.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::people::providers::is_safe_url;

/// Where Stripe is.
pub const USUAL_BASE: &str = "https://api.stripe.com";

/// Whether payments there are of real money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// They are.
    Live,
    /// They are made up.
    Test,
}

/// What is stored about the account, but for key and secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Settings {
    /// Where it is asked.
    pub base_url: String,
    /// Of which money.
    pub mode: Mode,
    /// Whether the key is a restricted one.
    pub restricted: bool,
}

/// An account as a form describes it, not yet checked.
#[derive(Debug, Clone, Default)]
pub struct Described {
    /// Where it is asked; empty for Stripe itself.
    pub base_url: String,
    /// `live` or `test`.
    pub mode: String,
    /// The key.
    pub key: SecretString,
    /// The secret that signs its webhooks, if there is one yet.
    pub secret: SecretString,
}

/// Something that is wrong with a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {wrong:?}")]
pub struct Mistake {
    /// The field, as the form calls it.
    pub field: &'static str,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Not an address that a key may be sent to.
    Url,
    /// Neither of the two modes.
    Mode,
    /// Neither `rk_…` nor `sk_…`.
    Key,
    /// A live key where test was chosen, or the other way round.
    KeyOfOtherMode,
    /// Not `whsec_…`.
    Secret,
}

impl Mode {
    /// Its name in forms, and in keys.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Live => "live",
            Mode::Test => "test",
        }
    }

    /// The mode of that name.
    pub fn named(name: &str) -> Option<Mode> {
        [Mode::Live, Mode::Test].into_iter().find(|mode| mode.name() == name)
    }
}

impl Described {
    /// Checks all of it, without asking anybody.
    pub fn checked(&self) -> Result<Settings, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut wrong = |field, wrong| mistakes.push(Mistake { field, wrong });
        let base_url = match self.base_url.trim().trim_end_matches('/') {
            "" => USUAL_BASE,
            given => given,
        };
        if !is_safe_url(base_url) || base_url.contains('?') {
            wrong("base-url", Wrong::Url);
        }
        let mode = Mode::named(&self.mode);
        if mode.is_none() {
            wrong("mode", Wrong::Mode);
        }
        let key = kind_of(self.key.expose_secret());
        match (key, mode) {
            (None, _) => wrong("key", Wrong::Key),
            (Some((of, _)), Some(mode)) if of != mode => wrong("key", Wrong::KeyOfOtherMode),
            _ => {}
        }
        let secret = self.secret.expose_secret();
        if !secret.is_empty() && !is_secret(secret) {
            wrong("secret", Wrong::Secret);
        }
        match (mode, key, mistakes.is_empty()) {
            (Some(mode), Some((_, restricted)), true) => {
                Ok(Settings { base_url: base_url.to_owned(), mode, restricted })
            }
            _ => Err(mistakes),
        }
    }
}

/// Of which mode a key is, and whether it is a restricted one.
fn kind_of(key: &str) -> Option<(Mode, bool)> {
    let (kind, rest) = key.split_once('_')?;
    let restricted = match kind {
        "rk" => true,
        "sk" => false,
        _ => return None,
    };
    let (mode, rest) = rest.split_once('_')?;
    let plain = rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let mode = Mode::named(mode).filter(|_| !rest.is_empty() && key.len() <= 255 && plain);
    mode.map(|mode| (mode, restricted))
}

/// Whether it looks like a secret of a webhook.
pub(super) fn is_secret(text: &str) -> bool {
    let rest = text.strip_prefix("whsec_");
    rest.is_some_and(|rest| {
        rest.len() >= 8 && text.len() <= 255 && rest.bytes().all(|byte| byte.is_ascii_graphic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(base_url: &str, mode: &str, key: &str, secret: &str) -> Described {
        Described {
            base_url: base_url.into(),
            mode: mode.into(),
            key: key.to_owned().into(),
            secret: secret.to_owned().into(),
        }
    }

    #[test]
    fn a_key_of_the_other_mode_is_told_from_one_of_no_shape() {
        let wrong = |mode, key| described("", mode, key, "").checked().unwrap_err()[0].wrong;
        assert_eq!(wrong("live", "rk_test_abc"), Wrong::KeyOfOtherMode);
        assert_eq!(wrong("test", "sk_live_abc"), Wrong::KeyOfOtherMode);
        for key in
            ["", "pk_test_abc", "rk_test_", "rk_abc", "rk_test_a b", "rk_test_ä", "rk_prod_a"]
        {
            assert_eq!(wrong("test", key), Wrong::Key, "{key}");
        }
        assert_eq!(wrong("both", "rk_test_abc"), Wrong::Mode);
        let right = described("", "test", "rk_test_abc", "whsec_12345678").checked().unwrap();
        assert_eq!(
            right,
            Settings { base_url: USUAL_BASE.into(), mode: Mode::Test, restricted: true }
        );
        assert!(!described("", "live", "sk_live_abc", "").checked().unwrap().restricted);
    }

    #[test]
    fn a_key_is_sent_nowhere_in_the_clear() {
        for url in
            ["http://stripe.example", "https://a:b@stripe.example", "ftp://x", "https://x/?a"]
        {
            let mistakes = described(url, "test", "rk_test_abc", "").checked().unwrap_err();
            assert_eq!(mistakes, [Mistake { field: "base-url", wrong: Wrong::Url }], "{url}");
        }
        let local = described("http://127.0.0.1:8420/", "test", "rk_test_abc", "").checked();
        assert_eq!(local.unwrap().base_url, "http://127.0.0.1:8420");
        let secret = described("", "test", "rk_test_abc", "hush").checked().unwrap_err();
        assert_eq!(secret[0].wrong, Wrong::Secret);
    }
}
