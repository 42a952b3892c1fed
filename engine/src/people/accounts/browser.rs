//! What a browser is called on the page that lists sessions.

/// Browser and system from a `User-Agent` header, as "Firefox, Linux": enough to
/// recognise one's own, too little to tell anybody apart.
pub fn browser_of(agent: &str) -> String {
    // In this order: most browsers also claim to be those after them.
    let browsers =
        [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome")];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let browser = find(agent, &browsers).or(find(agent, &[("Safari", "Safari")]));
    [browser, find(agent, &systems)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn find(agent: &str, names: &[(&str, &'static str)]) -> Option<&'static str> {
    names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_coarsely() {
        for (agent, expected) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox, Linux",
            ),
            ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
                "Safari, iPhone",
            ),
            ("curl/8", ""),
        ] {
            assert_eq!(browser_of(agent), expected);
        }
    }
}
