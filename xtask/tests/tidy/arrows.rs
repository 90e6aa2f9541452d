//! Who may import whom. A name that is not listed is forbidden.

use crate::{Source, assert_none, sources};

struct Arrow {
    /// A folder of modules; `x` stands for `x.rs` and `x/`.
    from: &'static str,
    /// How the paths begin that this arrow is about.
    root: &'static str,
    /// What may follow; a name allows everything below it.
    to: &'static [&'static str],
    because: &'static str,
}

const LAYERS: &str = "core is layered, and each layer is understood without those above it";
const PIPE: &str = "the proxy passes bytes on: what they mean is not its business";
const WITNESS: &str = "a simulation that used the decoders would only prove that they agree with themselves";
const BROWSER: &str = "src/browser wraps the browser without decisions";
const VIEWS: &str = "views turn finished values into markup: every decision was made before";

const CORE: &str = "crate::";
const NAMES_OF_TIME: [&str; 3] = ["model::time", "model::Timestamp", "model::Span"];

const ARROWS: &[Arrow] = &[
    Arrow { from: "crates/core/src/model", root: CORE, to: &["model"], because: LAYERS },
    Arrow { from: "crates/core/src/http", root: CORE, to: &NAMES_OF_TIME, because: LAYERS },
    Arrow { from: "crates/core/src/error", root: CORE, to: &NAMES_OF_TIME, because: LAYERS },
    Arrow { from: "crates/core/src/json", root: CORE, to: &["json"], because: LAYERS },
    Arrow { from: "crates/core/src/sign", root: CORE, to: &["sign", "http", "model"], because: LAYERS },
    Arrow {
        from: "crates/core/src/provider",
        root: CORE,
        to: &["provider", "model", "http", "sign", "error", "json"],
        because: LAYERS,
    },
    Arrow {
        from: "crates/core/src/timeline",
        root: CORE,
        to: &["timeline", "model", "error"],
        because: LAYERS,
    },
    Arrow {
        from: "crates/core/src/assess",
        root: CORE,
        to: &["assess", "model", "timeline"],
        because: LAYERS,
    },
    Arrow {
        from: "crates/core/src/record",
        root: CORE,
        to: &["record", "model", "timeline", "error", "json"],
        because: LAYERS,
    },
    Arrow {
        from: "crates/core/src/doctor",
        root: CORE,
        to: &["doctor", "model", "http", "error", "provider"],
        because: LAYERS,
    },
    Arrow { from: "crates/core/src/poll", root: CORE, to: &["poll", "model", "error"], because: LAYERS },
    Arrow { from: "crates/core/src/link", root: CORE, to: &["link", "model", "json"], because: LAYERS },
    Arrow {
        from: "crates/core/src/vault",
        root: CORE,
        to: &["vault", "model", "sign", "json"],
        because: LAYERS,
    },
    Arrow {
        from: "crates/core/src/view",
        root: CORE,
        to: &[
            "view",
            "model",
            "timeline",
            "assess",
            "error",
            "link",
            "doctor",
            "provider::Grant",
            "provider::Call",
            "provider::Occasion",
            "provider::Policy",
        ],
        because: LAYERS,
    },
    Arrow {
        from: "crates/policy/src",
        root: "rollwatch_core::",
        to: &["provider", "http", "json", "model::Service"],
        because: PIPE,
    },
    Arrow {
        from: "crates/edge/src",
        root: "rollwatch_core::",
        to: &["provider", "http", "json"],
        because: PIPE,
    },
    Arrow {
        from: "crates/proxy/src",
        root: "rollwatch_core::",
        to: &["provider", "http", "json", "model::Service", "model::Site", "model::Provider"],
        because: PIPE,
    },
    Arrow {
        from: "crates/sim/src",
        root: "rollwatch_core::",
        to: &[
            "http",
            "model",
            "sign",
            "provider::Catalogue",
            "provider::Endpoint",
            "provider::Purpose",
            "provider::Route",
        ],
        because: WITNESS,
    },
    Arrow { from: "src/browser", root: CORE, to: &["browser"], because: BROWSER },
    Arrow {
        from: "src/browser",
        root: "rollwatch_core::",
        to: &["http", "model", "vault::Sealed"],
        because: BROWSER,
    },
    Arrow { from: "src/ui", root: "rollwatch_core::", to: &["view", "model", "link"], because: VIEWS },
];

#[test]
fn modules_import_only_what_the_map_allows() {
    let all = sources();
    let mut broken = Vec::new();
    for (source, arrow) in all.iter().flat_map(|source| ARROWS.iter().map(move |arrow| (source, arrow))) {
        if source.extension() == "rs" && lies_below(source, arrow.from) {
            for (line, path) in paths(source, arrow.root) {
                if !arrow.to.iter().any(|allowed| covers(allowed, &path)) {
                    let Arrow { from, root, to, because } = arrow;
                    let to = to.join(", ");
                    broken.push(format!(
                        "{}:{line}: {root}{path} is not for {from} (it may name: {to}): {because}",
                        source.path
                    ));
                }
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn every_module_of_core_has_its_place_on_the_map() {
    let all = sources();
    let lib = all.iter().find(|source| source.path == "crates/core/src/lib.rs").unwrap();
    let modules = lib.text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let missing: Vec<_> = modules
        .filter(|module| !ARROWS.iter().any(|arrow| arrow.from == format!("crates/core/src/{module}")))
        .map(|module| {
            format!("crates/core/src/lib.rs: {module} has no row in xtask/tests/tidy/arrows.rs: {LAYERS}")
        })
        .collect();
    assert_none(&missing);
}

/// As many `super::` as the module is deep lead to another module without its name being seen above.
#[test]
fn core_writes_paths_between_modules_from_the_crate_root() {
    let all = sources();
    let mut broken = Vec::new();
    for source in all.iter().filter(|source| source.is_in("crates/core/src") && source.extension() == "rs") {
        let leaves = "super::".repeat(depth(&source.path));
        for (line, text) in source.shipped() {
            if !leaves.is_empty() && text.contains(&leaves) {
                broken.push(format!(
                    "{}:{line}: `{leaves}`: write crate::…, so that the arrow is seen",
                    source.path
                ));
            }
        }
    }
    assert_none(&broken);
}

/// How many modules of core lie between the file and the crate root, its own included.
fn depth(path: &str) -> usize {
    let module = path.trim_start_matches("crates/core/src/").trim_end_matches(".rs").trim_end_matches("/mod");
    if module == "lib" { 0 } else { module.split('/').count() }
}

fn lies_below(source: &Source, from: &str) -> bool {
    source.is_in(from) || source.path.strip_suffix(".rs") == Some(from)
}

fn covers(allowed: &str, path: &str) -> bool {
    path.strip_prefix(allowed).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Every path of the shipped code that begins with `root`, without it, and the line where it begins.
fn paths(source: &Source, root: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let lines = source.shipped();
    for (at, (number, line)) in lines.iter().enumerate() {
        for (start, _) in line.match_indices(root) {
            let follows_a_name =
                line[..start].ends_with(|before: char| before.is_alphanumeric() || before == '_');
            if !follows_a_name {
                // A `use` with a group may go on for some lines.
                let rest = &lines[at + 1..];
                let text =
                    rest.iter().fold(line[start + root.len()..].to_owned(), |text, (_, line)| text + line);
                found.extend(expanded(&text, "").0.into_iter().map(|path| (*number, path)));
            }
        }
    }
    found
}

/// The paths of a use tree such as `a::{b, c::d}`, and what follows it.
fn expanded<'a>(tree: &'a str, prefix: &str) -> (Vec<String>, &'a str) {
    let tree = tree.trim_start();
    if let Some(mut rest) = tree.strip_prefix('{') {
        let mut found = Vec::new();
        while !rest.is_empty() && !rest.trim_start().starts_with('}') {
            let (paths, after) = expanded(rest, prefix);
            found.extend(paths);
            // Skips `as name` and the comma.
            let next = after.find([',', '}']).unwrap_or(after.len());
            rest = after[next..].trim_start_matches(',');
        }
        return (found, rest.trim_start().strip_prefix('}').unwrap_or(rest));
    }
    let end = tree.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '*')).unwrap_or(tree.len());
    let (name, rest) = tree.split_at(end);
    let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}::{name}") };
    match rest.strip_prefix("::") {
        Some(below) => expanded(below, &path),
        None => (vec![path.trim_end_matches("::self").to_owned()], rest),
    }
}

#[test]
fn imports_are_read_from_nested_groups_and_from_plain_paths() {
    let text = "use crate::{\n    model::{Span, time::*},\n    http::{self, Method as M},\n};\nlet x = crate::error::of(1);\nmy_crate::no();\n";
    let source = Source { path: "crates/core/src/x.rs".to_owned(), text: text.to_owned() };
    let expected =
        [(1, "model::Span"), (1, "model::time::*"), (1, "http"), (1, "http::Method"), (5, "error::of")];
    assert_eq!(paths(&source, CORE), expected.map(|(line, path)| (line, path.to_owned())));
    assert_eq!(
        ["lib.rs", "a.rs", "a/mod.rs", "a/b.rs"].map(|file| depth(&format!("crates/core/src/{file}"))),
        [0, 1, 1, 2]
    );
    assert!(covers("model", "model::Span") && !covers("model", "models") && !covers("model::Span", "model"));
}
