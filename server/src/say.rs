//! What commands say on the terminal.
//!
//! `println!` panics where nobody reads on, as behind `| head`. Here the command goes on
//! with its work; what cannot be written for any other reason fails it in the end.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

static LOST: AtomicBool = AtomicBool::new(false);

/// Says a line on standard output.
macro_rules! say {
    ($($told:tt)*) => { $crate::say::out(format_args!($($told)*)) };
}
/// Says a line on standard error.
macro_rules! complain {
    ($($told:tt)*) => { $crate::say::err(format_args!($($told)*)) };
}
pub(crate) use {complain, say};

/// A line on standard output.
pub fn out(told: Arguments<'_>) {
    if let Err(error) = writeln!(io::stdout(), "{told}")
        && error.kind() != ErrorKind::BrokenPipe
        && !LOST.swap(true, Ordering::Relaxed)
    {
        err(format_args!("candor: the output cannot be written: {error}"));
    }
}

/// A line on standard error. Where that cannot be written, there is nobody to tell.
pub fn err(told: Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{told}");
}

/// Whether something was said that could not be written.
pub fn is_lost() -> bool {
    // Some of it may have waited for the end of a line until now.
    io::stdout().flush().is_err_and(|error| error.kind() != ErrorKind::BrokenPipe)
        || LOST.load(Ordering::Relaxed)
}
