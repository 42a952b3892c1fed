//! What the log says of a panic.
//!
//! A message that was put together may quote anything, such as the name in which a
//! place was no character's beginning. One that stands in the code as it is does not.

use std::any::Any;
use std::panic;

/// The message of a panic, if it stands in the code.
pub fn told(cause: &(dyn Any + Send)) -> &'static str {
    cause.downcast_ref::<&'static str>().copied().unwrap_or("see where it happened")
}

/// From now on a panic is told by its place, and by its message only if that quotes
/// nothing.
pub fn told_by_place() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let message = info.payload().downcast_ref::<&'static str>().copied().unwrap_or("a panic");
        tracing::error!(place, message, "panicked");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_panic_quotes_is_not_told() {
        let caught = |panics: fn()| panic::catch_unwind(panics).unwrap_err();
        let name = caught(|| panic!("{} is no name", std::hint::black_box("Ada")));
        assert_eq!(told(&*name), "see where it happened");
        let literal = caught(|| panic!("this cannot be"));
        assert_eq!(told(&*literal), "this cannot be");
    }
}
