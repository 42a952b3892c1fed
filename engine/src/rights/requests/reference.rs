//! What people quote.

use crate::platform::failure::Failure;

/// Crockford's alphabet: nothing in it is mistaken for something else.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A random reference of ten characters, such as `7F3K-2QX9-M4`.
pub(crate) fn reference() -> Result<String, Failure> {
    let mut bytes = [0_u8; 10];
    getrandom::fill(&mut bytes).map_err(Failure::corrupt)?;
    let mut text = String::with_capacity(12);
    for (at, byte) in bytes.iter().enumerate() {
        if at == 4 || at == 8 {
            text.push('-');
        }
        let letter = ALPHABET.get(usize::from(byte % 32)).copied().unwrap_or(b'0');
        text.push(char::from(letter));
    }
    Ok(text)
}
