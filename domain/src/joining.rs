//! What becomes of what two people have chosen who turn out to be one.

/// What somebody has chosen for a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// Whether their data must not be used for it.
    pub refused: bool,
    /// Whether a browser's signal said so, rather than the person on a page.
    pub by_signal: bool,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// What counts of two choices of one person for one purpose.
///
/// A refusal, whichever came later: a consent is to be given as freely as it is
/// withdrawn, and that somebody of the company joins two rows is nobody's consent (GDPR
/// art. 7). Of two that say the same, what was said on a page counts before a signal, and
/// then the later.
pub fn of_both(one: Chosen, other: Chosen) -> Chosen {
    let rank = |chosen: &Chosen| (chosen.refused, !chosen.by_signal, chosen.at);
    if rank(&other) > rank(&one) { other } else { one }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chosen() -> impl Strategy<Value = Chosen> {
        (any::<bool>(), any::<bool>(), 0_i64..4).prop_map(|(refused, by_signal, at)| Chosen {
            refused,
            by_signal,
            at,
        })
    }

    #[test]
    fn a_refusal_is_never_undone_and_what_a_person_says_counts_before_a_signal() {
        let said = |refused, by_signal, at| Chosen { refused, by_signal, at };
        for (one, other, counts) in [
            (said(true, false, 1), said(false, false, 2), said(true, false, 1)),
            (said(true, true, 1), said(false, false, 2), said(true, true, 1)),
            (said(true, true, 2), said(true, false, 1), said(true, false, 1)),
            (said(false, false, 1), said(false, false, 2), said(false, false, 2)),
            (said(true, false, 3), said(true, false, 2), said(true, false, 3)),
        ] {
            assert_eq!(of_both(one, other), counts);
        }
    }

    proptest! {
        /// Whichever of the two stays.
        #[test]
        fn the_order_does_not_matter(one in chosen(), other in chosen()) {
            let both = of_both(one, other);
            prop_assert_eq!(both, of_both(other, one));
            prop_assert!(both == one || both == other);
            prop_assert_eq!(both.refused, one.refused || other.refused);
        }
    }
}
