//! Text of strangers, made harmless: without characters that change how the text
//! around it is read.

/// Whether a text has control characters that no keyboard types, or marks that turn the
/// direction of what follows (Unicode TR 9: embeddings, overrides and isolates). Where
/// several lines are expected, line breaks and tabs are fine.
pub fn has_controls(text: &str, several_lines: bool) -> bool {
    let lays_out = |c: char| matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}');
    text.chars().any(|c| match c {
        _ if lays_out(c) => !several_lines,
        _ => c.is_control() || turns(c),
    })
}

/// What a person has typed, without marks that turn the direction of what follows: nobody
/// types them, but telephones and address books put them around what is copied.
pub fn unturned(text: &str) -> String {
    text.chars().filter(|c| !turns(*c)).collect()
}

fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text without control characters other than line breaks and tabs, and
/// without marks that turn the direction of what follows (Unicode TR 36, "Trojan
/// source"). Letters of every script stay; pages isolate them with `<bdi>`.
pub fn harmless(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(|c| match c {
            '\n' | '\t' => Some(c),
            '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => None,
            '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_turns_the_direction_goes_and_what_is_written_from_the_right_stays() {
        assert_eq!(harmless("pay \u{202e}gpj.exe\u{202c} now\u{0}\u{7}"), "pay gpj.exe now");
        assert_eq!(harmless("שלום עולם\r\nمرحبا"), "שלום עולם\nمرحبا");
        assert_eq!(harmless("one\rtwo\u{2028}three"), "one\ntwo\nthree");
        assert!(has_controls("a\nb", false) && !has_controls("a\nb", true));
        assert!(has_controls("a\u{1b}[2J", true) && !has_controls("שלום", false));
        assert!(has_controls("a\u{202e}b", true) && has_controls("a\u{2028}b", false));
        assert_eq!(unturned("\u{202a}+49 151\u{202c} \u{202e}"), "+49 151 ");
    }

    proptest! {
        #[test]
        fn it_is_harmless_the_first_time(text: String) {
            let once = harmless(&text);
            prop_assert!(!has_controls(&once, true));
            prop_assert_eq!(harmless(&once), once);
        }
    }
}
