//! Dates relative to the day on which the demo is seeded.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;

/// Replaces every text `today` or `today-N` in some lines of JSON by a date.
pub(super) fn dated(lines: &str, today: Date) -> Result<String, serde_json::Error> {
    let mut dated = String::with_capacity(lines.len());
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let mut value: Value = serde_json::from_str(line)?;
        replace(&mut value, today);
        dated.push_str(&value.to_string());
        dated.push('\n');
    }
    Ok(dated)
}

fn replace(value: &mut Value, today: Date) {
    match value {
        Value::String(text) => {
            if let Some(date) = relative(text, today) {
                *text = date.to_string();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| replace(value, today)),
        Value::Object(fields) => fields.values_mut().for_each(|value| replace(value, today)),
        _ => {}
    }
}

fn relative(text: &str, today: Date) -> Option<Date> {
    let rest = text.strip_prefix("today")?;
    let days: i64 = match rest {
        "" => 0,
        _ => rest.strip_prefix('-')?.parse().ok()?,
    };
    (0..100_000).contains(&days).then(|| today.saturating_sub(days.days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_relative_to_the_seeding_day() {
        let today = date(2026, 11, 21);
        let lines = dated("{\"a\":[\"today\",\"today-91\",\"today is\",3]}\n\n", today).unwrap();
        assert_eq!(lines, "{\"a\":[\"2026-11-21\",\"2026-08-22\",\"today is\",3]}\n");
    }
}
