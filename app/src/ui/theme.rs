//! A tenant's accent, corrected so that text in it can be read, as a
//! stylesheet of custom properties.

/// The surfaces of `style/tokens.css` that the accent has least contrast with,
/// as lightness, chroma and hue.
const LIGHT_WASH: Oklch = Oklch { l: 0.964, c: 0.007, h: 90.0 };
const DARK_WASH: Oklch = Oklch { l: 0.235, c: 0.01, h: 270.0 };

/// What text needs (WCAG 2.2, 1.4.3).
const ENOUGH: f64 = 4.5;

/// A tenant's colours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// The accent on light paper, as `#rrggbb`.
    pub light: String,
    /// The accent on dark paper.
    pub dark: String,
    /// Whether the light one differs from what the tenant chose.
    pub corrected: bool,
}

impl Theme {
    /// The theme of an accent written as `#rrggbb` or `#rgb`; none if it is no
    /// colour.
    pub fn of(accent: &str) -> Option<Theme> {
        let chosen = Rgb::parse(accent)?;
        let light = readable(chosen, LIGHT_WASH, -1.0);
        let dark = readable(at_night(chosen), DARK_WASH, 1.0);
        Some(Theme { light: light.hex(), dark: dark.hex(), corrected: light != chosen })
    }

    /// The stylesheet.
    pub fn css(&self) -> String {
        format!(
            ":root{{--accent:{}}}@media (prefers-color-scheme:dark){{:root{{--accent:{}}}}}\
             @media print{{:root{{--accent:#000}}}}",
            self.light, self.dark
        )
    }
}

/// The stylesheet of an accent: a path that names the colour, so that it can be
/// cached for ever.
pub fn href(accent: &str) -> Option<String> {
    let theme = Theme::of(accent)?;
    let name = |colour: &str| colour.trim_start_matches('#').to_owned();
    Some(format!("/assets/theme-{}-{}.css", name(&theme.light), name(&theme.dark)))
}

/// The stylesheet at that path, which [`href`] has made.
pub fn at(path: &str) -> Option<Theme> {
    let colours = path.strip_prefix("/assets/theme-")?.strip_suffix(".css")?;
    let (light, dark) = colours.split_once('-')?;
    let colour = |text: &str| {
        let wellformed = text.len() == 6 && text.bytes().all(|b| b.is_ascii_hexdigit());
        wellformed.then(|| format!("#{text}"))
    };
    Some(Theme { light: colour(light)?, dark: colour(dark)?, corrected: false })
}

/// The same hue, light and soft enough to stand on a dark page.
fn at_night(chosen: Rgb) -> Rgb {
    let colour = chosen.oklch();
    Oklch { l: colour.l.max(0.74), c: colour.c.min(0.13), h: colour.h }.rgb()
}

/// The colour, moved towards black or white until it can be read on `ground`.
fn readable(colour: Rgb, ground: Oklch, direction: f64) -> Rgb {
    let ground = ground.rgb().luminance();
    let mut moved = colour;
    let mut at = colour.oklch();
    while contrast(moved.luminance(), ground) < ENOUGH && (0.0..=1.0).contains(&at.l) {
        at.l += 0.005 * direction;
        moved = at.rgb();
    }
    moved
}

/// The contrast of two luminances (WCAG 2.2).
fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rgb([u8; 3]);

#[derive(Debug, Clone, Copy)]
struct Oklch {
    l: f64,
    c: f64,
    h: f64,
}

impl Rgb {
    fn parse(text: &str) -> Option<Rgb> {
        let digits = text.trim().strip_prefix('#')?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, r, g, b] = number.to_be_bytes();
        match digits.len() {
            6 => Some(Rgb([r, g, b])),
            3 => Some(Rgb([(g & 15) * 17, (b >> 4) * 17, (b & 15) * 17])),
            _ => None,
        }
    }

    fn hex(self) -> String {
        let Rgb([r, g, b]) = self;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|byte| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// In Björn Ottosson's Oklab, by lightness, chroma and hue.
    fn oklch(self) -> Oklch {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s;
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        Oklch { l: lightness, c: a.hypot(b), h: b.atan2(a).to_degrees() }
    }
}

impl Oklch {
    /// The nearest colour of a screen with that lightness and hue: chroma gives
    /// way where there is no such colour.
    fn rgb(self) -> Rgb {
        let mut chroma = self.c;
        loop {
            let linear = self.linear(chroma);
            let inside = linear.iter().all(|v| (-0.0005..=1.0005).contains(v));
            if inside || chroma <= 0.0 {
                return Rgb(linear.map(encoded));
            }
            chroma = (chroma - 0.004).max(0.0);
        }
    }

    fn linear(self, chroma: f64) -> [f64; 3] {
        let (sin, cos) = self.h.to_radians().sin_cos();
        let (a, b) = (chroma * cos, chroma * sin);
        let l = (self.l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.l - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ]
    }
}

fn encoded(value: f64) -> u8 {
    let value = value.clamp(0.0, 1.0);
    let value =
        if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 };
    // In range by the clamp; the cast rounds what is left.
    (value * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sixteenth step of every channel, black and white included.
    #[test]
    fn every_accent_can_be_read_by_day_and_by_night() {
        let papers = ["--wash: oklch(96.4% 0.007 90)", "--wash: oklch(23.5% 0.01 270)"];
        let tokens = include_str!("../../../style/tokens.css");
        assert!(papers.iter().all(|paper| tokens.contains(paper)));
        let steps = || (0..=255u8).step_by(15);
        for r in steps() {
            for g in steps() {
                for b in steps() {
                    let chosen = Rgb([r, g, b]);
                    let theme = Theme::of(&chosen.hex()).expect("a colour");
                    let of = |hex: &str| Rgb::parse(hex).expect("a colour").luminance();
                    assert!(
                        contrast(of(&theme.light), LIGHT_WASH.rgb().luminance()) >= ENOUGH,
                        "{theme:?}"
                    );
                    assert!(
                        contrast(of(&theme.dark), DARK_WASH.rgb().luminance()) >= ENOUGH,
                        "{theme:?}"
                    );
                    assert_eq!(theme.corrected, theme.light != chosen.hex());
                }
            }
        }
    }

    #[test]
    fn colours_survive_the_way_there_and_back() {
        for hex in ["#000000", "#ffffff", "#1f6feb", "#b4381f", "#0a7a55"] {
            let rgb = Rgb::parse(hex).expect("a colour");
            assert_eq!(rgb.oklch().rgb().hex(), hex);
        }
        assert_eq!(Rgb::parse("#1af"), Rgb::parse("#11aaff"));
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for bad in ["", "#", "red", "#12345", "#1234567", "#+12345", "#ffffff}*{"] {
            assert_eq!(Theme::of(bad), None, "{bad}");
        }
    }
}
