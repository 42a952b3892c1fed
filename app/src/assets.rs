//! The stylesheet and the one script that is no island, named by their content so
//! that they can be cached for ever.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// A file that every tenant's pages share.
#[derive(Debug)]
pub struct Asset {
    /// Its path, `/assets/candor-<hash>.css`.
    pub path: String,
    /// Its media type.
    pub content_type: &'static str,
    /// Its content.
    pub body: String,
}

/// Everything about how pages look, except a tenant's accent.
pub static CSS: LazyLock<Asset> = LazyLock::new(|| {
    stylesheet(
        "candor",
        [
            // The order of the layers is declared at the top of the first file.
            include_str!("../../style/reset.css"),
            include_str!("../../style/tokens.css"),
            include_str!("../../style/base.css"),
            include_str!("../../style/parts.css"),
            include_str!("../../style/pages/centre.css"),
            include_str!("../../style/pages/policy.css"),
            include_str!("../../style/pages/history.css"),
            include_str!("../../style/pages/account.css"),
            include_str!("../../style/pages/held.css"),
            include_str!("../../style/pages/receipt.css"),
            include_str!("../../style/pages/studio.css"),
            include_str!("../../style/pages/desk.css"),
            include_str!("../../style/pages/factors.css"),
            include_str!("../../style/print.css"),
        ]
        .concat(),
    )
});

/// What carries a passkey between the browser and a form.
///
/// Written by hand rather than as an island: it takes a page of JavaScript, since
/// browsers translate the options and the answer themselves, where an island would
/// load a hundred times as much WebAssembly to call the same functions. It
/// comes with the program, and so is there without the islands as well.
pub static PASSKEY: LazyLock<Asset> = LazyLock::new(|| {
    asset("passkey", "js", "text/javascript; charset=utf-8", include_str!("passkey.js").to_owned())
});

/// A stylesheet under a name that changes with its content.
pub fn stylesheet(name: &str, body: String) -> Asset {
    asset(name, "css", "text/css; charset=utf-8", body)
}

fn asset(name: &str, ending: &str, content_type: &'static str, body: String) -> Asset {
    let hash = hash(&[body.as_bytes()]);
    Asset { path: format!("/assets/{name}-{hash}.{ending}"), content_type, body }
}

/// What names a file by its content.
pub(crate) fn hash(contents: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for content in contents {
        hasher.update(content);
    }
    let mut hash = HEXLOWER.encode(&hasher.finalize());
    hash.truncate(16);
    hash
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn the_stylesheet_is_small_and_asks_nobody_for_anything() {
        let mut packed = brotli::CompressorWriter::new(Vec::new(), 4096, 9, 22);
        packed.write_all(CSS.body.as_bytes()).expect("written");
        let size = packed.into_inner().len();
        assert!(size < 12_000, "{size} bytes");
        assert!(!CSS.body.contains("url(") && !CSS.body.contains("@import"));
    }

    #[test]
    fn every_file_of_styles_is_in_it() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
        for folder in [root.clone(), root.join("pages")] {
            for file in std::fs::read_dir(folder).expect("the styles") {
                let path = file.expect("a file").path();
                if path.is_file() {
                    let text = std::fs::read_to_string(&path).expect("its text");
                    assert!(CSS.body.contains(&text), "{}", path.display());
                }
            }
        }
    }
}
