//! The records of a category as a table (RFC 4180) that a spreadsheet opens by itself: a
//! record per line, a field per column.
//!
//! Spreadsheets read UTF-8 only behind a byte order mark, expect the separator and the
//! decimal point of their language, run what begins like a formula, and take a telephone
//! number for a number. Such a cell gets an apostrophe before it, which is taken away
//! again by whoever reads the table with a program: [`as_text`]. The manifest says all of it.

use std::collections::HashMap;

use domain::identifiers::Language;
use serde_json::{Map, Value, json};

use crate::data::records::Opened;
use crate::platform::failure::Failure;

/// How a table begins (RFC 3629, section 6).
const MARK: &str = "\u{feff}";
/// What is known of every record.
const FIXED: [&str; 5] = ["id", "kind", "date", "source", "recorded_at"];
/// How many columns fields have at the most. What a record has more stands in one more,
/// as JSON: a spreadsheet would not open it.
const MOST: usize = 500;
const REST: &str = "…";
/// How many digits of a number a spreadsheet keeps.
const EXACT: usize = 15;

/// A table whose columns become known while records are looked at.
#[derive(Default)]
pub(super) struct Table {
    columns: Vec<String>,
    places: HashMap<String, usize>,
    more: bool,
    language: Language,
}

impl Table {
    pub fn new(language: Language) -> Table {
        Table { language, ..Table::default() }
    }

    /// Takes note of the fields of a record.
    pub fn see(&mut self, record: &Opened) {
        for (field, _) in fields(&record.data) {
            if self.places.contains_key(&field) {
                continue;
            }
            if self.columns.len() >= MOST {
                self.more = true;
                return;
            }
            self.places.insert(field.clone(), self.columns.len());
            self.columns.push(field);
        }
    }

    /// The line that names the columns. A field that is called like one that every record
    /// has stands behind `data.`
    pub fn heading(&self) -> Result<Vec<u8>, Failure> {
        let fields = self.columns.iter().map(|field| {
            if FIXED.contains(&field.as_str()) { format!("data.{field}") } else { field.clone() }
        });
        let rest = self.more.then(|| REST.to_owned());
        let line = self.line(FIXED.into_iter().map(str::to_owned).chain(fields).chain(rest))?;
        Ok([MARK.as_bytes(), &line].concat())
    }

    /// The line of a record.
    pub fn row(&self, record: &Opened) -> Result<Vec<u8>, Failure> {
        let mut cells = vec![String::new(); self.columns.len()];
        let mut rest = Map::new();
        for (field, value) in fields(&record.data) {
            match self.places.get(&field).and_then(|place| cells.get_mut(*place)) {
                Some(cell) => *cell = self.cell(value),
                None => drop(rest.insert(field, value.clone())),
            }
        }
        let fixed = [
            record.source_id.clone(),
            record.kind.clone(),
            record.on.to_string(),
            record.source.clone(),
            jiff::Timestamp::from(record.recorded_at).to_string(),
        ];
        let rest = self.more.then(|| match rest.is_empty() {
            true => String::new(),
            false => Value::Object(rest).to_string(),
        });
        self.line(fixed.into_iter().chain(cells).chain(rest))
    }

    /// How the tables are written, for the manifest.
    pub fn about(&self) -> Value {
        json!({
            "encoding": "UTF-8 with a byte order mark",
            "separator": char::from(self.separator()).to_string(),
            "decimal-separator": if self.language == Language::De { "," } else { "." },
            "lists": "as JSON in one cell",
            "apostrophe": "A cell that begins with an apostrophe is text without it: a spreadsheet would else run or change it.",
        })
    }

    fn cell(&self, value: &Value) -> String {
        match value {
            Value::String(text) => text.clone(),
            Value::Number(number) if self.language == Language::De => {
                number.to_string().replace('.', ",")
            }
            other => other.to_string(),
        }
    }

    fn separator(&self) -> u8 {
        match self.language {
            Language::De => b';',
            Language::En => b',',
        }
    }

    fn line(&self, cells: impl Iterator<Item = String>) -> Result<Vec<u8>, Failure> {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(self.separator())
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        writer.write_record(cells.map(as_text)).map_err(Failure::corrupt)?;
        writer.into_inner().map_err(Failure::corrupt)
    }
}

/// The fields of a record, those of objects within it behind their names and a point. A
/// list, and what is empty, is one value.
fn fields(data: &Value) -> Vec<(String, &Value)> {
    fn add<'v>(fields: &'v Map<String, Value>, above: &str, into: &mut Vec<(String, &'v Value)>) {
        for (name, value) in fields {
            let path = format!("{above}{}", name.replace('\\', r"\\").replace('.', r"\."));
            match value {
                Value::Object(inner) if !inner.is_empty() => {
                    add(inner, &format!("{path}."), into);
                }
                value => into.push((path, value)),
            }
        }
    }
    let mut all = Vec::new();
    if let Value::Object(data) = data {
        add(data, "", &mut all);
    }
    all
}

/// A cell that a spreadsheet takes as it is: with an apostrophe before what it would run
/// as a formula, or show as another number, and before an apostrophe.
fn as_text(cell: String) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\'']);
    let negative = cell.starts_with('-');
    let number = cell.replace(',', ".").parse::<f64>().is_ok();
    let digits = cell.strip_prefix('-').unwrap_or(&cell);
    let altered = digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits.len() > EXACT || digits.len() > 1 && digits.starts_with('0'));
    if formula || altered || negative && !number { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::platform::storage::Timestamp;

    fn record(data: Value) -> Opened {
        Opened {
            id: Uuid::nil(),
            kind: "x-k".into(),
            source: "crm".into(),
            source_id: "r-1".into(),
            on: date(2026, 1, 2),
            recorded_at: Timestamp(0),
            data,
        }
    }

    fn lines(language: Language, data: &[Value]) -> Vec<String> {
        let records: Vec<Opened> = data.iter().cloned().map(record).collect();
        let mut table = Table::new(language);
        records.iter().for_each(|record| table.see(record));
        let mut text = table.heading().unwrap();
        records.iter().for_each(|record| text.extend(table.row(record).unwrap()));
        String::from_utf8(text).unwrap().split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn formulas_and_what_would_be_altered_are_text() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2", "-2"),
            ("-2,5", "-2,5"),
            ("-2+3", "'-2+3"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("＝1", "'＝1"),
            ("+4915112345678", "'+4915112345678"),
            ("0049151", "'0049151"),
            ("1234567890123456", "'1234567890123456"),
            ("'quoted", "''quoted"),
            ("plain", "plain"),
            ("0", "0"),
            ("0.5", "0.5"),
            ("", ""),
        ] {
            assert_eq!(as_text(cell.to_owned()), expected);
            // Whoever takes one apostrophe away has what was held.
            assert!(expected == cell || expected.strip_prefix('\'') == Some(cell));
        }
    }

    #[test]
    fn a_record_is_a_line_and_a_field_a_column() {
        let data = [
            json!({ "name": "Ada", "id": 7, "address": { "city": "Ulm", "geo": {} }, "tags": [] }),
            json!({ "amount": 12.5, "tags": ["a", "b;c"], "a.b": true, "none": null }),
            json!({}),
        ];
        let fixed = "r-1,x-k,2026-01-02,crm,1970-01-01T00:00:00Z";
        assert_eq!(
            lines(Language::En, &data),
            [
                "\u{feff}id,kind,date,source,recorded_at,address.city,address.geo,data.id,name,tags,a\\.b,amount,none",
                &format!("{fixed},Ulm,{{}},7,Ada,[],,,"),
                &format!(r#"{fixed},,,,,"[""a"",""b;c""]",true,12.5,null"#),
                &format!("{fixed},,,,,,,,"),
                "",
            ]
        );
        let german = lines(Language::De, &data);
        assert!(german[0].starts_with("\u{feff}id;kind;date;source;"), "{}", german[0]);
        assert!(german[2].ends_with(r#";"[""a"",""b;c""]";true;12,5;null"#), "{}", german[2]);
    }

    #[test]
    fn very_many_fields_share_one_column() {
        let many: Map<String, Value> =
            (0..MOST + 2).map(|n| (format!("f{n:04}"), json!(n))).collect();
        let lines = lines(Language::En, &[Value::Object(many)]);
        assert!(lines[0].ends_with(",f0499,…"), "{}", lines[0]);
        assert!(lines[1].ends_with(r#",499,"{""f0500"":500,""f0501"":501}""#), "{}", lines[1]);
    }
}
