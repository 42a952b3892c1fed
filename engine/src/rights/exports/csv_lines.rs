//! Records as CSV (RFC 4180), safe to open in a spreadsheet.

use serde_json::Value;

use crate::data::records::Opened;
use crate::platform::failure::Failure;

/// The heading of every CSV file of an export.
pub(super) fn heading() -> Result<Vec<u8>, Failure> {
    write([["id", "kind", "date", "source", "recorded_at", "field", "value"].map(str::to_owned)])
}

/// A record as lines, one per field, so that records of different shapes share
/// one table.
pub(super) fn lines(record: &Opened) -> Result<Vec<u8>, Failure> {
    let mut fields = Vec::new();
    flatten(&record.data, String::new(), &mut fields);
    write(fields.into_iter().map(|(field, value)| {
        [
            harmless(record.source_id.clone()),
            record.kind.clone(),
            record.on.to_string(),
            record.source.clone(),
            jiff::Timestamp::from(record.recorded_at).to_string(),
            harmless(field),
            harmless(value),
        ]
    }))
}

fn write(rows: impl IntoIterator<Item = [String; 7]>) -> Result<Vec<u8>, Failure> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(Failure::corrupt)?;
    }
    writer.into_inner().map_err(Failure::corrupt)
}

fn flatten(value: &Value, path: String, into: &mut Vec<(String, String)>) {
    let below =
        |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                flatten(value, below(name), into);
            }
        }
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                flatten(value, below(&(at + 1).to_string()), into);
            }
        }
        Value::String(text) => into.push((path, text.clone())),
        other => into.push((path, other.to_string())),
    }
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe before it.
fn harmless(text: String) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = text.parse::<f64>().is_ok();
    if risky && !number { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2", "-2"),
            ("-2+3", "'-2+3"),
            ("plain", "plain"),
        ] {
            assert_eq!(harmless(cell.to_owned()), expected);
        }
    }
}
