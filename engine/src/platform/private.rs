//! Files and folders that only their owner may read, whatever the process's umask
//! says: databases, keys, what was erased, mails on disk.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const OTHERS: u32 = 0o077;
/// As `/tmp` has it: what belongs to everybody is not taken from them.
const STICKY: u32 = 0o1000;

/// Makes a file where there is none, so that whoever opens it later finds it private;
/// takes one that others may read from them.
pub fn file(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => mend(path),
        made => {
            made?;
        }
    }
    Ok(())
}

/// The same for an SQLite database: what SQLite makes beside it gets its permissions,
/// and what is there already is mended too. Other databases are left alone, and so is
/// one that is not to be made.
pub fn database(url: &str) -> io::Result<()> {
    let Some(path) = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")) else {
        return Ok(());
    };
    let (path, options) = path.split_once('?').unwrap_or((path, ""));
    if path.is_empty() || path.contains(":memory:") || options.contains("mode=memory") {
        return Ok(());
    }
    if options.contains("mode=rwc") {
        folder(Path::new(path).parent().unwrap_or(Path::new("")))?;
        file(Path::new(path))?;
    } else {
        mend(Path::new(path));
    }
    for beside in ["-wal", "-shm", "-journal"] {
        mend(&PathBuf::from(format!("{path}{beside}")));
    }
    Ok(())
}

/// Makes a folder, and those above it, where there is none. One that is there stays as
/// it is: it may be somebody else's as well.
pub fn folder(path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Takes a file, or a folder of our own, from others who may read it, and says so in the
/// log. What may not be changed is said and left: a secret that is handed in may belong
/// to somebody else.
pub fn mend(path: &Path) {
    let Ok(about) = fs::symlink_metadata(path) else { return };
    let mode = about.permissions().mode();
    if about.is_symlink() || mode & OTHERS == 0 || mode & STICKY != 0 {
        return;
    }
    match fs::set_permissions(path, Permissions::from_mode(mode & !OTHERS & 0o7777)) {
        Ok(()) => {
            tracing::warn!(path = %path.display(), "others could read this: now only its owner can");
        }
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "others can read this");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn what_is_made_is_private_and_what_is_there_is_mended() {
        let there = tempfile::tempdir().unwrap();
        let path = |name: &str| there.path().join(name);
        folder(&path("a/b")).unwrap();
        assert_eq!((mode(&path("a")), mode(&path("a/b"))), (0o700, 0o700));
        file(&path("new")).unwrap();
        assert_eq!(mode(&path("new")), 0o600);
        for name in ["old", "x.db", "x.db-wal", "x.db-shm", "y.db"] {
            fs::write(path(name), "kept").unwrap();
            fs::set_permissions(path(name), Permissions::from_mode(0o644)).unwrap();
        }
        file(&path("old")).unwrap();
        assert_eq!(mode(&path("old")), 0o600);
        database(&format!("sqlite://{}?mode=rwc", path("x.db").display())).unwrap();
        database(&format!("sqlite:{}", path("y.db").display())).unwrap();
        for name in ["x.db", "x.db-wal", "x.db-shm", "y.db"] {
            assert_eq!(mode(&path(name)), 0o600, "{name}");
            assert_eq!(fs::read_to_string(path(name)).unwrap(), "kept");
        }
        database(&format!("sqlite://{}?mode=ro", path("none.db").display())).unwrap();
        assert!(!path("none.db").exists());
        fs::set_permissions(there.path(), Permissions::from_mode(0o1777)).unwrap();
        mend(there.path());
        assert_eq!(mode(there.path()), 0o1777, "everybody's");
    }
}
