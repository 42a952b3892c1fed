//! Passwords: parsed at the edge, checked with bcrypt (L1) off the async threads.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::platform::failure::Failure;

/// How many guesses a password must withstand, as a power of ten: with bcrypt
/// and the limits on trying, this many are never made.
const GUESSES: f64 = 8.0;

/// A password that somebody may choose.
///
/// It is long enough and not among those that are tried first; nothing else is
/// asked of it (NIST SP 800-63B-4, 3.1.1.2). bcrypt reads 72 bytes: what is
/// longer is refused, never cut.
pub struct Password(SecretString);

/// Why a password cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than 12 characters.
    #[error("choose at least 12 characters")]
    TooShort,
    /// Made of common passwords, words, names, dates or rows of keys.
    #[error("this is among the first that are tried: choose something less common")]
    Common,
    /// More than 72 bytes.
    #[error("choose at most 72 characters (fewer with accents or other scripts)")]
    TooLong,
}

impl Password {
    /// Parses a password that is being chosen.
    pub fn choose(text: String) -> Result<Password, PasswordError> {
        Password::choose_at(text, &[])
    }

    /// The same where these words are the first that come to mind: a company's
    /// name, its host.
    pub fn choose_at(text: String, words: &[&str]) -> Result<Password, PasswordError> {
        if text.chars().count() < 12 {
            return Err(PasswordError::TooShort);
        }
        if text.len() > 72 {
            return Err(PasswordError::TooLong);
        }
        // Lists of the most common passwords, words and names, and what people
        // make of them.
        if zxcvbn::zxcvbn(&text, words).guesses_log10() < GUESSES {
            return Err(PasswordError::Common);
        }
        Ok(Password(text.into()))
    }
}

/// Hashes and checks passwords, at most half as many at a time as there are
/// processors: whoever reads meanwhile does not wait for them.
#[derive(Clone)]
pub struct Passwords {
    cost: u32,
    at_once: Arc<Semaphore>,
    nobodys: Arc<str>,
}

impl Passwords {
    /// With bcrypt's cost.
    pub fn new(cost: u32) -> Result<Passwords, Failure> {
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        let nobodys = bcrypt::non_truncating_hash("nobody has this password", cost)
            .map_err(Failure::corrupt)?;
        Ok(Passwords {
            cost,
            at_once: Arc::new(Semaphore::new((processors / 2).max(1))),
            nobodys: nobodys.into(),
        })
    }

    /// The hash to store.
    pub async fn hash(&self, password: Password) -> Result<String, Failure> {
        let cost = self.cost;
        self.run(move || {
            bcrypt::non_truncating_hash(password.0.expose_secret(), cost).map_err(Failure::corrupt)
        })
        .await?
    }

    /// Whether the password is the one of that hash. Without a hash it takes as
    /// long and answers no, so that time does not tell whether an address is
    /// known.
    pub async fn check(
        &self,
        password: SecretString,
        hash: Option<String>,
    ) -> Result<bool, Failure> {
        let nobodys = Arc::clone(&self.nobodys);
        self.run(move || {
            let against = hash.as_deref().unwrap_or(&nobodys);
            let matches = bcrypt::non_truncating_verify(password.expose_secret(), against);
            hash.is_some() && matches.unwrap_or(false)
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let permit = Arc::clone(&self.at_once)
            .acquire_owned()
            .await
            .map_err(|e| Failure::CutOff(e.to_string()))?;
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .map_err(|e| Failure::CutOff(e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l1_a_password_is_never_cut_silently() {
        assert_eq!(Password::choose("short".into()).err(), Some(PasswordError::TooShort));
        assert_eq!(Password::choose("é".repeat(37)).err(), Some(PasswordError::TooLong));
        assert!(
            Password::choose(
                "Zwölf Boxkämpfer jagen Eva über den großen Sylter Deich, öfter!?".into()
            )
            .is_ok()
        );
    }

    #[test]
    fn what_is_tried_first_is_refused_and_no_mixture_is_demanded() {
        for common in
            ["123456789012", "passwordpassword", "qwertyuiop123", "aaaaaaaaaaaaa", "iloveyou2023"]
        {
            assert_eq!(
                Password::choose(common.into()).err(),
                Some(PasswordError::Common),
                "{common}"
            );
        }
        let here = Password::choose_at("lumaire lumaire 1".into(), &["Lumaire"]);
        assert_eq!(here.err(), Some(PasswordError::Common));
        for fine in ["correct horse battery", "ein langer satz ohne ziffern", "x7Kp2mQ9vR4t"] {
            assert!(Password::choose(fine.into()).is_ok(), "{fine}");
        }
    }

    #[tokio::test]
    async fn l1_passwords_are_bcrypt() {
        let passwords = Passwords::new(4).unwrap();
        let chosen = Password::choose("correct horse battery".into()).unwrap();
        let hash = passwords.hash(chosen).await.unwrap();
        assert!(hash.starts_with("$2b$04$"), "{hash}");
        let right = || "correct horse battery".to_owned().into();
        assert!(passwords.check(right(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.check("wrong".to_owned().into(), Some(hash)).await.unwrap());
        assert!(!passwords.check(right(), None).await.unwrap());
    }
}
