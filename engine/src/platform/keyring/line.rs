//! A line of the ledger: what it says, its place in the chain, and its proof.
//!
//! `{…what it says…,"format":2,"number":7,"before":"…","key":"…","tag":"…"}`: the tag
//! is HMAC-SHA256 over all that stands before it, the line before is named by its
//! SHA-256, and the key by its id in the keyring.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::data_key::DataKey;

/// The format of the lines that this version writes.
const FORMAT: u32 = 2;
/// What stands between a line and its tag.
const TAG: &str = ",\"tag\":\"";

/// What a line turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judged {
    /// Written by a holder of the keyring, with this number and after the line of
    /// this hash.
    Genuine {
        /// Counted from 1.
        number: i64,
        /// The hash of the line before, in hexadecimal.
        before: String,
    },
    /// Without proof, as earlier versions wrote them.
    Old,
    /// Of a format that only a later version knows.
    Newer,
    /// Forged, edited or cut off.
    Forged,
}

#[derive(Deserialize)]
struct Frame {
    format: Option<u32>,
    number: Option<i64>,
    before: Option<String>,
    key: Option<Uuid>,
}

/// SHA-256 of a line.
pub fn line_hash(line: &str) -> [u8; 32] {
    Sha256::digest(line.as_bytes()).into()
}

/// Looks whether a line is genuine, by the keys that the ledger has.
pub fn judge(keys: &HashMap<Uuid, DataKey>, line: &str) -> Judged {
    let Ok(frame) = serde_json::from_str::<Frame>(line) else { return Judged::Forged };
    match frame.format {
        None => return Judged::Old,
        Some(format) if format > FORMAT => return Judged::Newer,
        Some(_) => {}
    }
    let key = frame.key.and_then(|id| keys.get(&id));
    let proof = line.rsplit_once(TAG);
    match (key, proof, frame.number, frame.before) {
        (Some(key), Some((said, rest)), Some(number), Some(before))
            if is_tag(key, said, rest) && frame.format == Some(FORMAT) =>
        {
            Judged::Genuine { number, before }
        }
        _ => Judged::Forged,
    }
}

fn is_tag(key: &DataKey, said: &str, rest: &str) -> bool {
    let wanted = format!("{}\"}}", tag(key, said));
    wanted.as_bytes().ct_eq(rest.as_bytes()).into()
}

fn tag(key: &DataKey, said: &str) -> String {
    HEXLOWER.encode(&key.hash("ledger line", said.as_bytes()))
}

/// Writes a line. What it says is a JSON object.
pub(super) fn write(
    (id, key): (Uuid, &DataKey),
    (number, before): (i64, &[u8]),
    says: &str,
) -> String {
    let open = says.trim_end().trim_end_matches('}');
    let before = HEXLOWER.encode(before);
    let said = format!(
        "{open},\"format\":{FORMAT},\"number\":{number},\"before\":\"{before}\",\"key\":\"{id}\""
    );
    let tag = tag(key, &said);
    format!("{said}{TAG}{tag}\"}}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written() -> (HashMap<Uuid, DataKey>, String) {
        let (id, key) = (Uuid::from_u128(7), DataKey::generate().unwrap());
        let line = write((id, &key), (3, &[1; 32]), r#"{"tenant":1,"keys":["a","b"]}"#);
        (HashMap::from([(id, key)]), line)
    }

    #[test]
    fn a_line_is_genuine_as_it_was_written_and_not_otherwise() {
        let (keys, line) = written();
        let genuine = Judged::Genuine { number: 3, before: "01".repeat(32) };
        assert_eq!(judge(&keys, &line), genuine);
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["keys"][1], "b", "it stays JSON that earlier versions read: {line}");
        assert_eq!(judge(&HashMap::new(), &line), Judged::Forged, "without its key");
        let others = [
            (line.replace("\"format\":2", "\"format\":3"), Judged::Newer),
            (line.replace("\"format\":2", "\"format\":1"), Judged::Forged),
            (line.replace("\"number\":3", "\"number\":4"), Judged::Forged),
            (line.replace(",\"format\":2", ""), Judged::Old),
            (line.replace("\"tag\"", "\"gat\""), Judged::Forged),
            (format!("{line} "), Judged::Forged),
            (r#"{"tenant":1}"#.to_owned(), Judged::Old),
            (String::new(), Judged::Forged),
        ];
        for (other, expected) in others {
            assert_eq!(judge(&keys, &other), expected, "{other}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_changed_is_not_genuine(at in 0usize..200, bit in 0u8..7) {
            let (keys, line) = written();
            let mut bytes = line.clone().into_bytes();
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            if let Ok(changed) = String::from_utf8(bytes) {
                let genuine = matches!(judge(&keys, &changed), Judged::Genuine { .. });
                prop_assert!(!genuine, "{}", changed);
            }
        }

        #[test]
        fn no_line_is_too_strange(line: String) {
            let (keys, _) = written();
            let genuine = matches!(judge(&keys, &line), Judged::Genuine { .. });
            prop_assert!(!genuine);
        }
    }
}
