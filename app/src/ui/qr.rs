//! A QR code as a drawing in the page.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// What is kept free around a code, in modules (ISO/IEC 18004, 6.3.8).
const QUIET: i32 = 4;

/// A text as a QR code, dark on light in every theme, since readers expect it;
/// nothing if the text is too long for one.
pub fn qr(text: &str, label: String) -> Option<AnyView> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * QUIET;
    let view_box = format!("0 0 {side} {side}");
    Some(
        view! {
            <svg class="qr" role="img" aria-label=label viewBox=view_box shape-rendering="crispEdges">
                <rect width=side.to_string() height=side.to_string() fill="#fff"></rect>
                <path d=outline(&code) fill="#000"></path>
            </svg>
        }
        .into_any(),
    )
}

/// A rectangle for every run of dark modules in a row.
fn outline(code: &QrCode) -> String {
    let mut outline = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                outline += &format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    outline
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws what the outline says, and compares it with the code.
    #[test]
    fn the_drawing_is_the_code() {
        let code =
            QrCode::encode_text("otpauth://totp/A:b?secret=C", QrCodeEcc::Medium).expect("a code");
        let mut dark = std::collections::BTreeSet::new();
        for piece in outline(&code).split_terminator('z') {
            let numbers: Vec<i32> = piece
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            let [x, y, run, ..] = numbers[..] else { panic!("{piece}") };
            dark.extend((x..x + run).map(|x| (x - QUIET, y - QUIET)));
        }
        for y in 0..code.size() {
            for x in 0..code.size() {
                assert_eq!(dark.contains(&(x, y)), code.get_module(x, y), "{x} {y}");
            }
        }
    }

    #[test]
    fn it_needs_no_style_attribute() {
        let html = Owner::new().with(|| qr("a", "A <b>".into()).map(|view| view.to_html()));
        let html = html.expect("a drawing");
        assert!(html.contains("role=\"img\"") && !html.contains("style"), "{html}");
        assert!(qr(&"a".repeat(5000), String::new()).is_none());
    }
}
