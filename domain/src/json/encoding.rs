//! JSON is text in UTF-8 (RFC 8259, 8.1). What is something else is called by its name.

/// What bytes are that are no text in UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// UTF-16 or UTF-32, as its marks and zeros tell.
    #[error("this is UTF-16, and has to be UTF-8: save it, or send it, as “UTF-8”")]
    Wide,
    /// Bytes that UTF-8 has not.
    #[error(
        "this is not UTF-8, but perhaps Latin-1 or Windows-1252: save it, or send it, as “UTF-8”"
    )]
    Narrow,
    /// A zero in the middle of it.
    #[error("this has a zero byte, which text has not")]
    Zero,
}

/// The mark with which some programs begin UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The bytes without the mark with which some programs begin UTF-8.
pub fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// The bytes as text, without a mark.
///
/// # Errors
/// If they are none, with what they seem to be.
pub fn text(bytes: &[u8]) -> Result<&str, NotText> {
    let marked_wide = [&b"\xff\xfe"[..], b"\xfe\xff"].iter().any(|mark| bytes.starts_with(mark));
    let bytes = unmarked(bytes);
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    if marked_wide || zeros > 1 && zeros * 4 >= bytes.len() {
        return Err(NotText::Wide);
    }
    if zeros > 0 {
        return Err(NotText::Zero);
    }
    std::str::from_utf8(bytes).map_err(|_| NotText::Narrow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_utf_8_is_called_by_its_name() {
        let json = r#"{"name":"Zoë"}"#;
        let wide =
            |unit: fn(u16) -> [u8; 2]| -> Vec<u8> { json.encode_utf16().flat_map(unit).collect() };
        let latin: Vec<u8> = json.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        for (bytes, expected) in [
            (json.as_bytes().to_vec(), Ok(json)),
            ([MARK, json.as_bytes()].concat(), Ok(json)),
            (MARK.to_vec(), Ok("")),
            (Vec::new(), Ok("")),
            (wide(u16::to_le_bytes), Err(NotText::Wide)),
            (wide(u16::to_be_bytes), Err(NotText::Wide)),
            ([b"\xff\xfe".to_vec(), wide(u16::to_le_bytes)].concat(), Err(NotText::Wide)),
            (b"\xfe\xff".to_vec(), Err(NotText::Wide)),
            (latin, Err(NotText::Narrow)),
            (b"{\"a\":\"\xc3\"}".to_vec(), Err(NotText::Narrow)),
            (b"{\"a\":\"b\0\"}".to_vec(), Err(NotText::Zero)),
        ] {
            assert_eq!(text(&bytes), expected, "{bytes:?}");
        }
    }
}
