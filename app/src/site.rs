//! The islands as files: the loader script, and the WebAssembly that it loads.

use std::io::Write;
use std::path::Path;

use crate::assets::hash;

const LOADER: &str = include_str!("islands/loader.js");
const JAVASCRIPT: &str = "candor.js";
const WEBASSEMBLY: &str = "candor.wasm";

/// The files of the islands, kept in memory.
#[derive(Debug)]
pub struct Site {
    loader: SiteFile,
    javascript: SiteFile,
    webassembly: SiteFile,
}

/// One file, under a name that changes with its content: it can be cached for ever.
#[derive(Debug)]
pub struct SiteFile {
    /// Its path, `/assets/islands-<hash>.js`.
    pub path: String,
    /// Its media type.
    pub content_type: &'static str,
    /// Its content.
    pub body: Vec<u8>,
    /// The same, compressed with brotli.
    pub packed: Vec<u8>,
}

impl Site {
    /// Reads what `scripts/wasm` has built. Without it pages work all the same, and say so once in the log.
    pub fn load(folder: &Path) -> Option<Self> {
        let read = |name| std::fs::read(folder.join(name));
        match (read(JAVASCRIPT), read(WEBASSEMBLY)) {
            (Ok(javascript), Ok(webassembly)) => Some(Self::new(javascript, webassembly)),
            (Err(error), _) | (_, Err(error)) => {
                tracing::warn!(folder = %folder.display(), %error, "no islands: pages do without them");
                None
            }
        }
    }

    fn new(javascript: Vec<u8>, webassembly: Vec<u8>) -> Self {
        // The glue and its module belong together, so one hash names both.
        let hash = hash(&[&javascript, &webassembly]);
        let (script, module) = (format!("candor-{hash}.js"), format!("candor-{hash}.wasm"));
        let loader = LOADER.replace(JAVASCRIPT, &script).replace(WEBASSEMBLY, &module).into_bytes();
        let loader_name = format!("islands-{}.js", self::hash(&[&loader]));
        Self {
            loader: SiteFile::new(&loader_name, "text/javascript; charset=utf-8", loader),
            javascript: SiteFile::new(&script, "text/javascript; charset=utf-8", javascript),
            webassembly: SiteFile::new(&module, "application/wasm", webassembly),
        }
    }

    /// What a page with islands names in `<script type="module" src=…>`.
    pub fn script_href(&self) -> &str {
        &self.loader.path
    }

    /// The file at that path.
    pub fn file(&self, path: &str) -> Option<&SiteFile> {
        [&self.loader, &self.javascript, &self.webassembly]
            .into_iter()
            .find(|file| file.path == path)
    }
}

impl SiteFile {
    fn new(name: &str, content_type: &'static str, body: Vec<u8>) -> Self {
        let mut packed = Vec::new();
        {
            let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
            // Writing to memory does not fail.
            let _ = writer.write_all(&body);
        }
        Self { path: format!("/assets/{name}"), content_type, body, packed }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_loader_names_its_files_by_their_content() {
        let site = Site::new(b"js".to_vec(), b"wasm".to_vec());
        let loader = site.file(site.script_href()).expect("the loader");
        let text = String::from_utf8(loader.body.clone()).expect("text");
        for file in [&site.javascript, &site.webassembly] {
            let name = file.path.strip_prefix("/assets/").expect("a path among the assets");
            assert!(text.contains(&format!("\"./{name}\"")), "{text}");
            assert!(site.file(&file.path).is_some());
        }
        let other = Site::new(b"js".to_vec(), b"other".to_vec());
        assert_ne!(site.script_href(), other.script_href());
        assert!(site.file("/assets/candor.js").is_none());
    }

    #[test]
    fn files_are_packed_beforehand() {
        let site = Site::new(b"export default 1;".repeat(100), Vec::new());
        let mut unpacked = Vec::new();
        brotli::Decompressor::new(&site.javascript.packed[..], 4096)
            .read_to_end(&mut unpacked)
            .expect("brotli");
        assert_eq!(unpacked, site.javascript.body);
        assert!(site.javascript.packed.len() < site.javascript.body.len());
    }

    #[test]
    fn a_folder_without_islands_is_no_error() {
        assert!(Site::load(Path::new("/nowhere")).is_none());
    }
}
