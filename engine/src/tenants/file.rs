//! The tenant file: TOML that people edit.

use std::path::{Path, PathBuf};

use domain::identifiers::{HostName, Slug};
use domain::json::{DOCUMENT, measure};
use domain::policy::Document;
use jiff::tz::TimeZone;
use secrecy::SecretString;
use serde::Deserialize;

use crate::people::providers::{Described, Mistake, Settings};

/// The longest file, in bytes. The demo's have 50,000.
const LONGEST: usize = 4_000_000;

/// A tenant as its file describes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TenantFile {
    /// Where it is: files that it names are beside it.
    #[serde(skip)]
    pub folder: PathBuf,
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
    /// Other places to sign in with. If the file says nothing of them, they stay
    /// as they are.
    #[serde(default)]
    pub provider: Option<Vec<ProviderTable>>,
}

/// A `[[tenant.sign-in.provider]]` table.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProviderTable {
    /// Its name in addresses.
    pub slug: String,
    /// Its name on buttons.
    pub name: String,
    /// `openid` or `oauth2`.
    pub kind: String,
    /// An OpenID provider's address.
    #[serde(default)]
    issuer: String,
    #[serde(default)]
    authorize_url: String,
    #[serde(default)]
    token_url: String,
    #[serde(default)]
    userinfo_url: String,
    #[serde(default)]
    emails_url: String,
    client_id: String,
    /// A file with the client's secret, from the folder of this file. The secret
    /// itself is never in here.
    client_secret_file: Option<PathBuf>,
    /// An environment variable with it.
    client_secret_env: Option<String>,
    scopes: Option<Vec<String>>,
    #[serde(default)]
    trusted_email: bool,
}

impl ProviderTable {
    /// What it says, checked.
    pub fn checked(&self) -> Result<(Slug, Settings), Vec<Mistake>> {
        let described = Described {
            slug: self.slug.clone(),
            name: self.name.clone(),
            kind: self.kind.clone(),
            issuer: self.issuer.clone(),
            authorize_url: self.authorize_url.clone(),
            token_url: self.token_url.clone(),
            userinfo_url: self.userinfo_url.clone(),
            emails_url: self.emails_url.clone(),
            client_id: self.client_id.clone(),
            scopes: self.scopes.clone().unwrap_or_else(|| Described::usual_scopes(&self.kind)),
            trusted_email: self.trusted_email,
        };
        described.checked()
    }

    /// The client's secret, from where the file says that it is.
    pub fn secret(&self, folder: &Path) -> Result<Option<SecretString>, String> {
        let secret = match (&self.client_secret_file, &self.client_secret_env) {
            (None, None) => return Ok(None),
            (Some(_), Some(_)) => {
                return Err("give client-secret-file or client-secret-env, not both".to_owned());
            }
            (Some(file), None) => {
                let file = folder.join(file);
                let text = std::fs::read_to_string(&file);
                text.map_err(|error| format!("{} cannot be read: {error}", file.display()))?
            }
            (None, Some(name)) => {
                std::env::var(name).map_err(|error| format!("the variable {name}: {error}"))?
            }
        };
        // Editors end a file with a line end.
        let secret = secret.trim_end_matches(['\r', '\n']);
        if secret.is_empty() {
            return Err("the secret is empty".to_owned());
        }
        Ok(Some(secret.to_owned().into()))
    }
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
        let wrong = |error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            mistake(text, at, error.message().to_owned())
        };
        if text.len() > LONGEST {
            return Err(mistake(text, 0, format!("the file is longer than {LONGEST} bytes")));
        }
        let values = toml::Deserializer::parse(text).map_err(wrong)?;
        measure(values, &DOCUMENT).map_err(|much| mistake(text, 0, much.to_string()))?;
        let file: TenantFile = toml::from_str(text).map_err(wrong)?;
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
        check_providers(text, &file)?;
        Ok(file)
    }

    /// The same, as found in a folder.
    pub fn beside(mut self, folder: &Path) -> TenantFile {
        folder.clone_into(&mut self.folder);
        self
    }
}

fn check_providers(text: &str, file: &TenantFile) -> Result<(), FileError> {
    let providers = file.tenant.sign_in.provider.as_deref().unwrap_or_default();
    let mut headings = text.match_indices("[[tenant.sign-in.provider]]").map(|(at, _)| at);
    let mut seen = Vec::new();
    for provider in providers {
        let begin = headings.next().unwrap_or(0);
        let near = |key: &str, message: String| {
            let at =
                text.get(begin..).and_then(|rest| rest.find(key)).map_or(begin, |at| begin + at);
            Err(mistake(text, at, message))
        };
        match provider.checked() {
            Err(mistakes) => {
                if let Some(first) = mistakes.first() {
                    return near(first.field, first.to_string());
                }
            }
            Ok((slug, _)) if seen.contains(&slug) => {
                return near("slug", format!("there are two providers “{slug}”"));
            }
            Ok((slug, _)) => seen.push(slug),
        }
    }
    Ok(())
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
            (
                FILE.replace(
                    "[policy]",
                    &format!("x = {}{}\n[policy]", "[".repeat(40), "]".repeat(40)),
                ),
                1,
                1,
            ),
            (FILE.replace("[policy]", &format!("x = [{}]\n[policy]", "0,".repeat(60_000))), 1, 1),
            (FILE.replace("[policy]", &format!("{} = 0\n[policy]", "k".repeat(60_000))), 1, 1),
            (format!("{FILE}#{}", "x".repeat(LONGEST)), 1, 1),
            (FILE.replace("[policy]\n", "time-zone = \"Mars\"\n[policy]\n"), 5, 1),
        ];
        for (text, line, column) in cases {
            let error = TenantFile::parse(&text).unwrap_err();
            assert_eq!((error.line, error.column), (line, column), "{error}");
        }
    }

    #[test]
    fn a_mistake_in_a_provider_is_told_where_it_is() {
        let provider = "[[tenant.sign-in.provider]]\nslug = \"x\"\nname = \"X\"\nkind = \"openid\"\n\
            issuer = \"https://x.example\"\nclient-id = \"c\"\n";
        let with = |providers: &str| FILE.replace("[policy]\n", &format!("{providers}[policy]\n"));
        assert!(TenantFile::parse(&with(provider)).is_ok());
        let other = provider.replace("\"x\"", "\"y\"").replace("https:", "http:");
        let cases = [
            (with(&format!("{provider}{other}")), 15),
            (with(&format!("{provider}{provider}")), 12),
            (with(&provider.replace("openid", "saml")), 8),
            (with(&provider.replace("client-id", "client-secret = \"s\"\nclient-id")), 10),
        ];
        for (text, line) in cases {
            let error = TenantFile::parse(&text).unwrap_err();
            assert_eq!(error.line, line, "{error}");
        }
    }

    #[test]
    fn a_secret_is_beside_the_file_or_in_the_environment() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("x.secret"), "hush \n").unwrap();
        let secret = |more: &str| {
            let text =
                format!("slug = \"x\"\nname = \"X\"\nkind = \"openid\"\nclient-id = \"c\"\n{more}");
            let table: ProviderTable = toml::from_str(&text).unwrap();
            let secret = table.secret(folder.path());
            secret
                .map(|secret| secret.map(|it| secrecy::ExposeSecret::expose_secret(&it).to_owned()))
        };
        assert_eq!(secret(""), Ok(None));
        assert_eq!(secret("client-secret-file = \"x.secret\""), Ok(Some("hush ".to_owned())));
        assert!(secret("client-secret-file = \"y.secret\"").is_err());
        assert!(secret("client-secret-env = \"CANDOR_NOBODY_SETS_THIS\"").is_err());
        assert!(secret("client-secret-file = \"x.secret\"\nclient-secret-env = \"X\"").is_err());
    }
}
