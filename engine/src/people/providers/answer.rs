//! What a browser brings back from a provider.

use uuid::Uuid;

use super::reason::Reason;
use crate::people::accounts::Secret;

/// The longest code or issuer, in bytes.
const LONGEST: usize = 2000;

/// The answer to an authorization request (RFC 6749, 4.1.2; RFC 9207).
pub struct Answer {
    pub(super) ceremony: Uuid,
    pub(super) state: Secret,
    /// Which server answers, if it says so.
    pub(super) issuer: Option<String>,
    /// The code; none if the provider says no.
    pub(super) code: Option<String>,
}

impl Answer {
    /// Parses a query. What is there twice, too long or missing makes it no
    /// answer (RFC 6749, 3.1).
    pub fn parse(query: &[(String, String)]) -> Result<Answer, Reason> {
        let one = |name: &str| {
            let mut values = query.iter().filter(|(key, _)| key == name);
            match (values.next(), values.next()) {
                (None, _) => Ok(None),
                (Some((_, value)), None) if value.len() <= LONGEST => Ok(Some(value.clone())),
                _ => Err(Reason::Malformed),
            }
        };
        let (ceremony, state) =
            one("state")?.and_then(|state| parse_state(&state)).ok_or(Reason::Malformed)?;
        let (code, error) = (one("code")?, one("error")?);
        let code = match (code, error) {
            (Some(code), None) if !code.is_empty() => Some(code),
            (None, Some(_)) => None,
            _ => return Err(Reason::Malformed),
        };
        Ok(Answer { ceremony, state, issuer: one("iss")?, code })
    }
}

/// The state that goes to the provider: which ceremony, and a secret of it.
pub(super) fn state(ceremony: Uuid, secret: &Secret) -> String {
    format!("{}.{}", ceremony.simple(), secret.as_str())
}

fn parse_state(text: &str) -> Option<(Uuid, Secret)> {
    let (ceremony, secret) = text.split_once('.')?;
    Some((Uuid::try_parse(ceremony).ok()?, Secret::parse(secret)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_of_each_makes_an_answer() {
        let state = state(Uuid::nil(), &Secret::generate().unwrap());
        let parse = |pairs: &[(&str, &str)]| {
            let query: Vec<_> =
                pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            Answer::parse(&query)
        };
        let long = "x".repeat(2001);
        let good =
            parse(&[("code", "c"), ("state", &state), ("iss", "i"), ("other", "o")]).unwrap();
        assert_eq!((good.code.as_deref(), good.issuer.as_deref()), (Some("c"), Some("i")));
        let no = parse(&[("error", "access_denied"), ("state", &state)]).unwrap();
        assert_eq!(no.code, None);
        for bad in [
            &[][..],
            &[("code", "c")],
            &[("state", &state)],
            &[("code", ""), ("state", &state)],
            &[("code", "c"), ("state", "x")],
            &[("code", "c"), ("state", &state), ("state", &state)],
            &[("code", "c"), ("code", "c"), ("state", &state)],
            &[("code", "c"), ("error", "e"), ("state", &state)],
            &[("code", &long), ("state", &state)],
            &[("code", "c"), ("state", &state), ("iss", "a"), ("iss", "b")],
        ] {
            assert!(matches!(parse(bad), Err(Reason::Malformed)), "{bad:?}");
        }
    }
}
