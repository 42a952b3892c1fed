//! When an address that a company's systems tell of a person counts.
//!
//! An address opens what is held about its person: a link to an account is mailed to
//! it, and a provider that vouches for it lets in. So another address of somebody who is
//! known waits, while whoever can be reached is told and can stop it by one link.

use crate::identifiers::EmailAddress;

/// For how long another address waits, in seconds: three days, counted from when the
/// earlier one was written to.
pub const WAIT: i64 = 72 * 3600;

/// What becomes of the address of a person who is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// It is the one that is known. Another spelling of it names the same mailbox, and
    /// the one that is known stays.
    Known,
    /// It counts at once: nothing was known of the person, so that it opens nothing.
    AtOnce,
    /// It counts once it has waited.
    Waits,
}

/// What becomes of the address `told` of a person. `before` is what is known: `None` of
/// somebody new, `Some(None)` of somebody without an address. That somebody has no
/// address any more waits like another address: it would else be the way round.
pub fn arrival(before: Option<Option<&EmailAddress>>, told: Option<&EmailAddress>) -> Arrival {
    let folded = |address: Option<&EmailAddress>| address.map(EmailAddress::folded);
    match before {
        None => Arrival::AtOnce,
        Some(before) if folded(before) == folded(told) => Arrival::Known,
        Some(_) => Arrival::Waits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_address_of_somebody_known_waits() {
        let address = |text: &str| (text != "-").then(|| text.parse::<EmailAddress>().unwrap());
        let table = [
            // Known before, told now, what becomes of it.
            ("nobody", "ada@x.org", Arrival::AtOnce),
            ("nobody", "-", Arrival::AtOnce),
            ("ada@x.org", "ada@x.org", Arrival::Known),
            ("ada@x.org", "Ada@X.org", Arrival::Known),
            ("-", "-", Arrival::Known),
            ("ada@x.org", "eve@x.org", Arrival::Waits),
            ("ada@x.org", "ada@y.org", Arrival::Waits),
            ("ada@x.org", "ada+1@x.org", Arrival::Waits),
            // The sign of Kelvin is not the letter K.
            ("k@x.org", "\u{212a}@x.org", Arrival::Waits),
            ("ada@x.org", "-", Arrival::Waits),
            ("-", "ada@x.org", Arrival::Waits),
        ];
        for (before, told, expected) in table {
            let known = address(if before == "nobody" { "-" } else { before });
            let known = (before != "nobody").then_some(known.as_ref());
            let told_address = address(told);
            assert_eq!(arrival(known, told_address.as_ref()), expected, "{before} → {told}");
        }
    }
}
