//! What this process has in memory, in kilobytes.

use anyhow::{Context, Result};

/// Now.
pub fn now() -> Result<u64> {
    kilobytes("VmRSS")
}

/// At the most, since [`forget_most`].
pub fn most() -> Result<u64> {
    kilobytes("VmHWM")
}

/// From here on, [`most`] counts.
pub fn forget_most() -> Result<()> {
    Ok(std::fs::write("/proc/self/clear_refs", "5")?)
}

fn kilobytes(what: &str) -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(':'));
    let number = line.and_then(|line| line.split_whitespace().next()).context("no such figure")?;
    Ok(number.parse()?)
}
