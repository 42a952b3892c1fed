//! How mail leaves: by a mail server, or into a folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::Message;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};

use crate::egress::{Egress, EgressError};

/// How long a mail server may take for each step.
const PATIENCE: Duration = Duration::from_secs(20);

/// How mail leaves.
#[derive(Debug, Clone)]
pub enum Transport {
    /// Into a folder, one file per mail: for a trial.
    Folder(PathBuf),
    /// To a mail server (RFC 5321).
    Smtp(SmtpServer),
}

/// A mail server that passes mail on.
#[derive(Debug, Clone)]
pub struct SmtpServer {
    /// Its name; its certificate must say the same.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: SmtpTls,
    /// User and password, if it wants them.
    pub login: Option<(String, SecretString)>,
}

/// How the connection to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// TLS from the first byte (RFC 8314), usually port 465.
    Implicit,
    /// STARTTLS, and nothing is sent without it; usually port 587.
    Starttls,
    /// None: only to a server on the same machine.
    None,
}

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The server may not be connected to, or has no address.
    #[error(transparent)]
    Egress(#[from] EgressError),
    /// The server, or the connection to it, failed.
    #[error("the mail server: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
    /// Mail, and perhaps a password, would go over a network for all to read.
    #[error("a mail server on another machine needs TLS: {0}")]
    Open(String),
    /// The folder cannot be written to.
    #[error("the mail folder: {0}")]
    Folder(String),
}

impl Transport {
    /// The folder, if mail goes into one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Transport::Folder(folder) => Some(folder),
            Transport::Smtp(_) => None,
        }
    }

    /// Hands a mail over.
    pub async fn send(&self, egress: &Egress, mail: Message) -> Result<(), MailError> {
        match self {
            Transport::Folder(folder) => {
                let failed = |e: &dyn std::fmt::Display| MailError::Folder(e.to_string());
                tokio::fs::create_dir_all(folder).await.map_err(|e| failed(&e))?;
                let transport = AsyncFileTransport::<Tokio1Executor>::new(folder);
                transport.send(mail).await.map_err(|e| failed(&e))?;
            }
            Transport::Smtp(server) => {
                server.connection(egress).await?.send(mail).await?;
            }
        }
        Ok(())
    }

    /// Whether a mail would leave: the server answers, the folder is there.
    pub async fn check(&self, egress: &Egress) -> Result<(), MailError> {
        match self {
            Transport::Folder(folder) => tokio::fs::create_dir_all(folder)
                .await
                .map_err(|error| MailError::Folder(error.to_string())),
            Transport::Smtp(server) => {
                server.connection(egress).await?.test_connection().await?;
                Ok(())
            }
        }
    }
}

impl SmtpServer {
    async fn connection(
        &self,
        egress: &Egress,
    ) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailError> {
        let addresses = egress.resolve(&self.host, self.port).await?;
        // Connected to by the address that was checked, and known by its name.
        let elsewhere = addresses.iter().any(|address| !address.ip().is_loopback());
        if self.tls == SmtpTls::None && elsewhere {
            return Err(MailError::Open(self.host.clone()));
        }
        let address = addresses.first().map_or_else(String::new, |first| first.ip().to_string());
        let tls = match self.tls {
            SmtpTls::Implicit => Tls::Wrapper(TlsParameters::new(self.host.clone())?),
            SmtpTls::Starttls => Tls::Required(TlsParameters::new(self.host.clone())?),
            SmtpTls::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(address)
            .port(self.port)
            .tls(tls)
            .timeout(Some(PATIENCE));
        if let Some((user, password)) = &self.login {
            let password = password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(builder.build())
    }
}
