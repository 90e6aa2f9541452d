//! A card and its findings as text that a person can read and a test can compare.

use std::fmt::Write;

use rollwatch_core::view::{CardView, FindingRow, PageView};

/// Every word of a card, a line for each part that is there.
pub fn card(card: &CardView) -> String {
    let trouble = card.trouble.as_ref();
    let lines = [
        ("", Some(format!("{} {}", card.word.to_uppercase(), card.since))),
        ("", card.last_seen.clone()),
        ("", Some(card.name.clone())),
        ("", Some(join(" · ", &[&card.provider, &card.service, &card.place]))),
        ("impact: ", card.impact.clone()),
        ("where: ", card.place_of_work.clone()),
        ("nodes: ", Some(card.counts.clone())),
        ("what: ", Some(join(", ", &[&card.kind, &card.versions]))),
        ("time: ", card.elapsed.clone()),
        ("left: ", card.remaining.clone()),
        ("basis: ", card.basis.clone()),
        ("expected: ", card.expected.clone()),
        ("trouble: ", trouble.map(|trouble| trouble.what.clone())),
        ("do: ", trouble.map(|trouble| trouble.todo.clone())),
        ("evidence: ", trouble.map(|trouble| trouble.evidence.clone())),
        ("trust: ", Some(format!("{}{}", card.freshness, if card.stale { " (stale)" } else { "" }))),
        ("badges: ", Some(card.badges.join(", "))),
    ];
    let mut text = String::new();
    for (label, value) in lines {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            writeln!(text, "{label}{}", value.trim()).expect("a String takes all");
        }
    }
    for cell in &card.cells {
        let gap = if cell.starts_group { "\n" } else { "" };
        writeln!(text, "{gap}  [{:?}] {}", cell.state, cell.title).expect("a String takes all");
    }
    text
}

fn join(between: &str, parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(between)
}

/// A card, and the findings of its page.
pub fn card_and_findings(page: &PageView) -> String {
    let mut text = card(&page.card);
    if !page.findings.is_empty() {
        text.push_str("findings:\n");
    }
    text.push_str(&findings(page));
    text
}

/// A line for each finding of a page.
pub fn findings(page: &PageView) -> String {
    let mut text = String::new();
    for finding in &page.findings {
        let FindingRow { level_word, sentence, since, impact, .. } = finding;
        let further = [since, impact].into_iter().filter(|part| !part.is_empty());
        let further: Vec<String> = further.map(|part| format!(" [{part}]")).collect();
        writeln!(text, "  {level_word}: {sentence}{}", further.concat()).expect("a String takes all");
    }
    text
}

/// Every text of a page that a person reads, for tests that look for what must not be there.
pub fn words(page: &PageView) -> Vec<String> {
    let card = &page.card;
    let trouble = card.trouble.iter().flat_map(|t| [&t.what, &t.todo]);
    let optional =
        [&card.last_seen, &card.impact, &card.place_of_work, &card.elapsed, &card.remaining, &card.basis]
            .into_iter()
            .chain([&card.expected]);
    let always = [&card.word, &card.provider, &card.service, &card.place, &card.name, &card.kind, &page.zone];
    let steps = page.steps.iter().flat_map(|row| [&row.name, &row.word]);
    let nodes = page.nodes.iter().flat_map(|row| [&row.name, &row.role, &row.word]);
    let findings = page.findings.iter().flat_map(|row| [&row.level_word, &row.sentence]);
    let entries = page.changes.news.iter().chain(&page.changes.before);
    let changes =
        entries.flat_map(|entry| entry.lines.iter().map(|line| &line.text).chain([&entry.when.text]));
    let runs = page.history.iter().flat_map(|row| [&row.outcome.text, &row.known]);
    let asides =
        page.findings.iter().flat_map(|row| [&row.since, &row.impact]).filter(|text| !text.is_empty());
    always
        .into_iter()
        .chain(optional.flatten())
        .chain(trouble)
        .chain(&card.badges)
        .chain(card.cells.iter().map(|cell| &cell.title))
        .chain(steps)
        .chain(nodes)
        .chain(findings)
        .chain(asides)
        .chain([&card.versions].into_iter().filter(|text| !text.is_empty()))
        .chain(changes)
        .chain(runs)
        .chain(&page.plan)
        .cloned()
        .collect()
}
