//! Recovery codes: ten, shown once, each good once.

use data_encoding::BASE64URL_NOPAD;

use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::keyring::DataKey;
use crate::platform::scope::Scope;
use crate::platform::storage::{Format, accounts};
use crate::platform::tenancy::{ReadTx, WriteTx};

use super::super::alter::{Alteration, alter};

/// How many there are.
const COUNT: usize = 10;
/// How many characters each has: 60 bits.
const LENGTH: usize = 12;
/// Crockford's 32: none that is taken for another.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// One of ten codes that help when the app is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    fn generate() -> Result<RecoveryCode, Failure> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).map_err(Failure::corrupt)?;
        // 256 is a multiple of 32: no character is likelier than another.
        let characters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32)));
        Ok(RecoveryCode(characters.map(|character| char::from(*character)).collect()))
    }

    /// Reads what was typed: with or without dashes, in any case, with the
    /// letters that are taken for digits.
    pub fn parse(typed: &str) -> Option<RecoveryCode> {
        let code: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_lowercase() {
                'o' => '0',
                'i' | 'l' => '1',
                other => other,
            })
            .collect();
        let known = |byte: u8| ALPHABET.contains(&byte);
        (code.len() == LENGTH && code.bytes().all(known)).then_some(RecoveryCode(code))
    }

    fn hash(&self, lookup: &DataKey) -> String {
        BASE64URL_NOPAD.encode(&lookup.hash("recovery", self.0.as_bytes()))
    }
}

impl std::fmt::Display for RecoveryCode {
    /// In three groups, as it is written down.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, character) in self.0.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{character}")?;
        }
        Ok(())
    }
}

/// Ten new ones, and what is stored of them.
pub(super) async fn make(
    engine: &Engine,
    tx: &ReadTx,
) -> Result<(Vec<RecoveryCode>, String), Failure> {
    let lookup = engine.keyring.of_tenant(tx).await?.lookup;
    let codes = (0..COUNT).map(|_| RecoveryCode::generate()).collect::<Result<Vec<_>, _>>()?;
    let hashes: Vec<String> = codes.iter().map(|code| code.hash(&lookup)).collect();
    Ok((codes, serde_json::to_string(&hashes).map_err(Failure::corrupt)?))
}

/// How many an account has left.
pub(in crate::people::accounts) fn left(account: &accounts::Model) -> Result<usize, Failure> {
    Ok(stored(account)?.len())
}

/// Uses one up. False if it is none of them, or was used already: of two at the
/// same time one wins.
pub(super) async fn spend(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: &accounts::Model,
    code: &RecoveryCode,
) -> Result<bool, Failure> {
    let lookup = engine.keyring.of_tenant(tx).await?.lookup;
    let used = code.hash(&lookup);
    let before = stored(account)?;
    let after: Vec<&String> = before.iter().filter(|hash| **hash != used).collect();
    if after.len() == before.len() {
        return Ok(false);
    }
    let left = after.len();
    let after = serde_json::to_string(&after).map_err(Failure::corrupt)?;
    alter(engine, tx, scope, account, Alteration::RecoveryUsed(after, left)).await
}

fn stored(account: &accounts::Model) -> Result<Vec<String>, Failure> {
    let Some(text) = &account.recovery else { return Ok(Vec::new()) };
    Format::first("recovery codes").read_to_change(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = RecoveryCode::generate().unwrap();
        let shown = code.to_string();
        assert_eq!(shown.len(), LENGTH + 2);
        for typed in
            [shown.clone(), shown.to_uppercase(), shown.replace('-', " "), format!(" {shown}")]
        {
            assert_eq!(RecoveryCode::parse(&typed), Some(code.clone()), "{typed}");
        }
        assert_eq!(RecoveryCode::parse("o1il-0000-0000"), RecoveryCode::parse("0111 0000 0000"));
        for wrong in ["", "123456", "0000-0000-000", "0000-0000-000u", "0000-0000-000é"] {
            assert_eq!(RecoveryCode::parse(wrong), None, "{wrong}");
        }
    }
}
