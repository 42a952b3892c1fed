//! The tenant file: TOML that people edit.

use domain::identifiers::{HostName, Slug};
use domain::policy::Document;
use jiff::tz::TimeZone;
use serde::Deserialize;

/// A tenant as its file describes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TenantFile {
    /// The tenant itself.
    pub tenant: TenantTable,
    /// Its policy.
    pub policy: Document,
}

/// The `[tenant]` table.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TenantTable {
    /// Its name in commands.
    pub slug: Slug,
    /// Its name on pages.
    pub name: String,
    /// The hosts that it answers on; links in mails use the first.
    pub hosts: Vec<HostName>,
    /// The IANA time zone in which its days begin.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// How its pages look.
    #[serde(default)]
    pub brand: Brand,
    /// How people sign in.
    #[serde(default)]
    pub sign_in: SignIn,
}

/// The `[tenant.brand]` table.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Brand {
    /// Its colour, as `#rrggbb`.
    #[serde(default = "plain_accent")]
    pub accent: String,
    /// What it does, in a line.
    #[serde(default)]
    pub tagline: String,
}

/// The `[tenant.sign-in]` table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SignIn {
    /// Whether people about whom something is held may make an account.
    #[serde(default)]
    pub sign_up: SignUp,
    /// Whether staff needs a second factor.
    #[serde(default)]
    pub staff_second_factor: StaffFactor,
}

/// Whether customers may sign up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignUp {
    /// They may.
    Open,
    /// Accounts are imported, or come with a provider.
    #[default]
    Closed,
}

impl SignUp {
    /// The name under which it is stored.
    pub fn name(self) -> &'static str {
        match self {
            SignUp::Open => "open",
            SignUp::Closed => "closed",
        }
    }
}

/// Whether staff needs a second factor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffFactor {
    /// Without one, staff sees nothing but the page on which it is set up.
    #[default]
    Required,
    /// It is left to each of them.
    Offered,
}

impl StaffFactor {
    /// The name under which it is stored.
    pub fn name(self) -> &'static str {
        match self {
            StaffFactor::Required => "required",
            StaffFactor::Offered => "offered",
        }
    }
}

impl Default for Brand {
    fn default() -> Brand {
        Brand { accent: plain_accent(), tagline: String::new() }
    }
}

/// A mistake in a tenant file, with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct FileError {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl TenantFile {
    /// Parses a file. The first mistake is told with its line and column.
    pub fn parse(text: &str) -> Result<TenantFile, FileError> {
        let file: TenantFile = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            mistake(text, at, error.message().to_owned())
        })?;
        let table = &file.tenant;
        if table.hosts.is_empty() {
            return Err(mistake_near(text, "hosts", "name at least one host"));
        }
        if TimeZone::get(&table.time_zone).is_err() {
            let message = format!("“{}” is not an IANA time zone", table.time_zone);
            return Err(mistake_near(text, "time-zone", &message));
        }
        let accent = table.brand.accent.strip_prefix('#').unwrap_or_default();
        if accent.len() != 6 || !accent.bytes().all(|b| b.is_ascii_hexdigit()) {
            let message = format!("“{}” is not a colour such as “#8a4b2a”", table.brand.accent);
            return Err(mistake_near(text, "accent", &message));
        }
        Ok(file)
    }
}

fn mistake_near(text: &str, key: &str, message: &str) -> FileError {
    mistake(text, text.find(key).unwrap_or(0), message.to_owned())
}

fn mistake(text: &str, at: usize, message: String) -> FileError {
    let before = text.get(..at).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    FileError {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        message,
    }
}

fn utc() -> String {
    "UTC".to_owned()
}

fn plain_accent() -> String {
    "#3b5b8c".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "[tenant]\nslug = \"a\"\nname = \"A\"\nhosts = [\"a.localhost\"]\n\
        [policy]\ntitle = \"P\"\nlanguage = \"en\"\n\
        [policy.controller]\nname = \"A\"\nsite = \"a.example\"\ncontacts = []\n";

    #[test]
    fn a_mistake_is_told_with_its_line_and_column() {
        assert!(TenantFile::parse(FILE).is_ok());
        let cases = [
            (FILE.replace("slug = \"a\"", "slug = \"A b\""), 2, 8),
            (FILE.replace("[policy]", "[policy"), 5, 8),
            (FILE.replace("name = \"A\"\nhosts", "nmae = \"A\"\nhosts"), 3, 1),
            (FILE.replace("hosts = [\"a.localhost\"]", "hosts = []"), 4, 1),
            (FILE.replace("[policy]\n", "time-zone = \"Mars\"\n[policy]\n"), 5, 1),
        ];
        for (text, line, column) in cases {
            let error = TenantFile::parse(&text).unwrap_err();
            assert_eq!((error.line, error.column), (line, column), "{error}");
        }
    }
}
