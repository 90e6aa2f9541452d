//! Words that must not be written, each with the reason.

use crate::{Source, assert_none, sources};

/// This folder names what it forbids.
const RULES: &str = "xtask/tests/tidy";

struct Ban {
    words: &'static [&'static str],
    /// Where the rule holds.
    within: fn(&Source) -> bool,
    because: &'static str,
}

/// Rules for code that is shipped; comments and tests may say these words.
const IN_CODE: [Ban; 4] = [
    Ban {
        words: &["web_sys", "js_sys", "gloo", "idb::"],
        within: |source| source.is_in("src") && !source.is_in("src/browser"),
        because: "only src/browser names the browser, so that everything else runs in a native test",
    },
    Ban {
        words: &["leptos"],
        within: |source| {
            let named = ["src/ui", "src/live", "src/main.rs", "src/lib.rs"];
            let elsewhere = ["src", "crates"].iter().any(|folder| source.is_in(folder));
            source.extension() == "rs" && elsewhere && !named.iter().any(|folder| source.is_in(folder))
        },
        because: "only views and live state know the framework, so that replacing it stays a matter of two folders",
    },
    Ban {
        words: &[" style=", "inner_html"],
        within: |source| source.is_in("src") && source.extension() == "rs",
        because: "a strict Content-Security-Policy refuses inline styles and markup from strings: use a class or style:name=",
    },
    Ban {
        words: &["console::log", "console_log", "console.log(", "leptos::logging"],
        within: |source| source.is_in("src") || source.is_in("public"),
        because: "what is logged may hold a request, and a request belongs to its reader alone",
    },
];

/// Rules for every text file, comments included.
const ANYWHERE: [Ban; 1] = [Ban {
    words: &["TODO", "FIXME", "XXX"],
    within: |source| ["rs", "js", "css", "html", "toml"].contains(&source.extension()),
    because: "unfinished work belongs into an issue, where someone sees it",
}];

/// The folders that a path of this machine would begin with: the home folder and the workspace.
fn machine_folders() -> Vec<String> {
    let workspace = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let folders = [std::env::home_dir(), workspace.map(std::path::Path::to_path_buf)];
    folders.into_iter().flatten().map(|folder| format!("{}/", folder.display())).collect()
}

#[test]
fn shipped_code_names_nothing_that_is_not_its_business() {
    let all = sources();
    let mut broken = Vec::new();
    for (source, ban) in all.iter().flat_map(|source| IN_CODE.iter().map(move |ban| (source, ban))) {
        if (ban.within)(source) {
            broken.extend(source.shipped().into_iter().filter_map(|line| told(source, line, ban)));
        }
    }
    assert_none(&broken);
}

#[test]
fn no_file_carries_a_machine_path_or_a_note_of_unfinished_work() {
    let all = sources();
    let mut broken = Vec::new();
    for (source, ban) in all.iter().flat_map(|source| ANYWHERE.iter().map(move |ban| (source, ban))) {
        if (ban.within)(source) && !source.is_in(RULES) {
            let lines = source.text.lines().enumerate().map(|(at, line)| (at + 1, line));
            broken.extend(lines.filter_map(|line| told(source, line, ban)));
        }
    }
    for (source, folder) in
        all.iter().flat_map(|source| machine_folders().into_iter().map(move |f| (source, f)))
    {
        let lines = source.text.lines().enumerate().filter(|(_, line)| line.contains(&folder));
        broken.extend(lines.map(|(at, _)| {
            format!(
                "{}:{}: `{folder}`: a path of one machine means nothing on the next one",
                source.path,
                at + 1
            )
        }));
    }
    assert_none(&broken);
}

#[test]
fn the_page_has_no_inline_script_or_style_and_asks_for_the_smallest_module() {
    let all = sources();
    let page = all.iter().find(|source| source.path == "index.html").expect("index.html is missing");
    let inline = |line: &str| {
        (line.contains("<script") && !line.contains(" src="))
            || line.contains("<style")
            || line.contains(" style=")
    };
    let lines = page.text.lines().enumerate().filter(|(_, line)| inline(line));
    let broken: Vec<_> = lines
        .map(|(at, _)| format!("index.html:{}: the Content-Security-Policy refuses inline code", at + 1))
        .collect();
    assert_none(&broken);
    assert!(page.text.contains("data-wasm-opt=\"z\""), "index.html: the rust link needs data-wasm-opt=\"z\"");
}

fn told(source: &Source, (number, line): (usize, &str), ban: &Ban) -> Option<String> {
    let word = ban.words.iter().find(|word| line.contains(**word))?;
    Some(format!("{}:{number}: `{}`: {}", source.path, word.trim(), ban.because))
}

#[test]
fn comments_and_tests_are_not_shipped_code() {
    let text = "// web_sys\nuse web_sys;\n#[cfg(test)]\nmod fixtures;\nlet a = 1;\n#[cfg(test)]\nmod tests {\nuse web_sys;\n}\n";
    let source = Source { path: "src/live/x.rs".to_owned(), text: text.to_owned() };
    let found: Vec<_> =
        source.shipped().into_iter().filter_map(|line| told(&source, line, &IN_CODE[0])).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("src/live/x.rs:2: `web_sys`: only src/browser"), "{found:?}");
}
