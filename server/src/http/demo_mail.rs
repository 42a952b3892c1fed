//! The demo's mailbox, at plain `localhost`: what would have been mailed.

use std::path::Path;
use std::time::SystemTime;

use app::pages::demo::mail::{DemoMail, demo_mail};
use app::portal::Portal;
use domain::identifiers::Language;
use mail_parser::MessageParser;

use super::demo::nobodys_chrome;

/// How many mails are shown, the latest first.
const SHOWN: usize = 50;

/// The latest mails of every demo tenant.
pub async fn mailbox(portal: &Portal, language: Language) -> String {
    let folder = portal.engine.settings.mail.folder().map(Path::to_owned);
    let mails = tokio::task::spawn_blocking(move || folder.map(|folder| read(&folder)));
    let mails = mails.await.ok().flatten().unwrap_or_default();
    demo_mail(&nobodys_chrome(language, "/mail"), &mails)
}

fn read(folder: &Path) -> Vec<DemoMail> {
    let mut files: Vec<(SystemTime, std::path::PathBuf)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "eml"))
        .filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file.path())))
        .collect();
    files.sort_by(|one, other| other.cmp(one));
    files.truncate(SHOWN);
    files.iter().filter_map(|(_, file)| parse(file)).collect()
}

fn parse(file: &Path) -> Option<DemoMail> {
    let bytes = std::fs::read(file).ok()?;
    let mail = MessageParser::default().parse(&bytes)?;
    let to = mail.to().and_then(|to| to.first()).and_then(|to| to.address());
    Some(DemoMail {
        to: to.unwrap_or_default().to_owned(),
        from: mail
            .from()
            .and_then(|f| f.first())
            .and_then(|f| f.name())
            .unwrap_or_default()
            .to_owned(),
        subject: mail.subject().unwrap_or_default().to_owned(),
        text: mail.body_text(0).unwrap_or_default().into_owned(),
    })
}
