//! Where in the policy Stripe's data belongs.

use domain::policy::facts::{Capacity, Category, Facts};

/// What such a category is usually called, where none names Stripe as its source.
const USUAL: [&str; 2] = ["payment", "billing"];

/// The category that what is seen at Stripe belongs to: the first of the
/// company's own that names the source `stripe`, else the one that is usually
/// for it. Without one the policy says nothing of it, and nothing is asked.
pub fn category_in(facts: &Facts) -> Option<&Category> {
    let own = |category: &&Category| category.linked && category.role == Capacity::Controller;
    let from_stripe =
        |category: &&Category| category.sources.iter().any(|source| source.as_str() == "stripe");
    let usual = |category: &&Category| USUAL.contains(&category.id.as_str());
    let mut all = facts.categories.iter().filter(own);
    all.clone().find(from_stripe).or_else(|| all.find(usual))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_says_where_it_belongs() {
        let called = |text: &str| {
            let facts: Facts = toml::from_str(text).unwrap();
            category_in(&facts).map(|category| category.id.to_string())
        };
        let plain = "[[categories]]\nid = \"billing\"\nlabel = \"B\"\ndescription = \"\"\n";
        let named = "[[categories]]\nid = \"buys\"\nlabel = \"B\"\ndescription = \"\"\nsources = [\"stripe\"]\n";
        assert_eq!(called(&format!("{plain}{named}")).as_deref(), Some("buys"));
        assert_eq!(called(plain).as_deref(), Some("billing"));
        assert_eq!(called(&format!("{plain}role = \"processor\"")), None);
        assert_eq!(called("categories = []"), None);
    }
}
