//! How mail leaves: by a mail server, or into a folder.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::Message;
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};

use crate::platform::egress::{Egress, EgressError};
use crate::platform::private;

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
    /// The server, or the connection to it, failed; how, without the server's words:
    /// it quotes the address that it does not take.
    #[error("the mail server {0}")]
    Server(String),
    /// The server takes mail, but never this one; its code (RFC 5321, 4.2.1).
    #[error("the mail server refuses this mail for good ({0})")]
    Refused(String),
    /// Mail, and perhaps a password, would go over a network for all to read.
    #[error("a mail server on another machine needs TLS: {0}")]
    Open(String),
    /// The folder cannot be written to.
    #[error("the mail folder: {0}")]
    Folder(String),
}

impl From<smtp::Error> for MailError {
    fn from(error: smtp::Error) -> MailError {
        MailError::Server(match error.status() {
            Some(code) if error.is_permanent() => format!("refuses for good ({code})"),
            Some(code) => format!("refuses for now ({code})"),
            None if error.is_timeout() => "did not answer in time".to_owned(),
            None if error.is_response() => "answers with what cannot be read".to_owned(),
            None if error.is_client() => "cannot be talked to as it wants".to_owned(),
            // Of the network or of TLS: nobody has said anything yet.
            None => {
                let cause = std::error::Error::source(&error).map(ToString::to_string);
                format!("cannot be reached: {}", cause.unwrap_or_default())
            }
        })
    }
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
                private::folder(folder).map_err(|e| failed(&e))?;
                let transport = AsyncFileTransport::<Tokio1Executor>::new(folder);
                transport.send(mail).await.map_err(|e| failed(&e))?;
            }
            Transport::Smtp(server) => {
                let connection = server.connection(egress).await?;
                let Err(error) = connection.send(mail).await else { return Ok(()) };
                let refused = error.status().filter(|_| error.is_permanent());
                return Err(match refused {
                    // What it also says to whoever brings nothing is not about this mail:
                    // a wrong password, a network that it does not serve.
                    Some(code) if connection.test_connection().await.unwrap_or_default() => {
                        MailError::Refused(code.to_string())
                    }
                    _ => error.into(),
                });
            }
        }
        Ok(())
    }

    /// Whether a mail would leave: the server answers, the folder is there.
    pub async fn check(&self, egress: &Egress) -> Result<(), MailError> {
        match self {
            Transport::Folder(folder) => {
                private::folder(folder).map_err(|error| MailError::Folder(error.to_string()))
            }
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

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use super::*;
    use crate::platform::egress::Allowed;
    use crate::platform::failure::Failure;

    /// A mail server that says this to a command, and takes everything else.
    fn server(command: &'static str, says: &'static str) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let _ = stream.write_all(b"220 here\r\n");
                for line in lines.map_while(Result::ok) {
                    let answer = match line.get(..4) {
                        Some(it) if it == command => says,
                        Some("EHLO") => "250 here",
                        _ => "250 fine",
                    };
                    if stream.write_all(format!("{answer}\r\n").as_bytes()).is_err() {
                        break;
                    }
                }
            }
        });
        port
    }

    async fn sent(port: u16) -> MailError {
        let allowed = Allowed::parse(&[format!("127.0.0.1:{port}")]).unwrap();
        let egress = Egress::new(allowed).unwrap();
        let host = "127.0.0.1".to_owned();
        let server = SmtpServer { host, port, tls: SmtpTls::None, login: None };
        let mail = Message::builder()
            .from("portal@example.org".parse().unwrap())
            .to("ada@example.org".parse().unwrap())
            .body(String::new())
            .unwrap();
        Transport::Smtp(server).send(&egress, mail).await.unwrap_err()
    }

    #[tokio::test]
    async fn only_what_concerns_this_mail_is_refused_for_good() {
        for (command, says, expected) in [
            ("RCPT", "550 5.1.1 nobody", Some("550")),
            ("RCPT", "551 elsewhere", Some("551")),
            ("DATA", "554 spam", Some("554")),
            ("RCPT", "451 4.7.1 greylisted", None),
            ("MAIL", "421 busy", None),
            // Whatever is brought.
            ("EHLO", "554 not for this network", None),
        ] {
            let refused = match sent(server(command, says)).await {
                MailError::Refused(code) => Some(code),
                _ => None,
            };
            assert_eq!(refused.as_deref(), expected, "{command} {says}");
        }
    }

    #[tokio::test]
    async fn e15_what_a_mail_server_quotes_is_in_no_log() {
        for (says, told) in [
            ("550 5.1.1 <ada@example.org>: Recipient address rejected", "for good (550)"),
            ("451 4.7.1 <ada@example.org>: Greylisted", "for now (451)"),
            ("552-ada@example.org\r\n552 is full", "for good (552)"),
            ("ada@example.org is unknown here", "cannot be read"),
            ("999 ada@example.org", "cannot be read"),
        ] {
            let error = sent(server("RCPT", says)).await;
            let error = Failure::from(error);
            let log = format!("{error} {error:?} {error:#}");
            assert!(!log.contains("ada") && log.contains(told), "{says}: {log}");
        }
    }
}
