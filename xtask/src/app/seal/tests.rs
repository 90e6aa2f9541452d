use super::*;

const TRUNK: &str = "<!doctype html><html lang=en><meta content=\"default-src 'none'; connect-src 'self' https:\" http-equiv=Content-Security-Policy><title>R</title><link href=./a.css integrity=sha384-x rel=stylesheet><script data-js=./rollwatch-1.js data-wasm=./rollwatch-1_bg.wasm src=./boot.js type=module></script><link as=fetch crossorigin href=./rollwatch-1_bg.wasm integrity=sha384-y rel=preload type=application/wasm><body><p>boot.js";

fn page(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("rollwatch-seal-{name}-{}", std::process::id()));
    fs::create_dir_all(folder.join("snippets")).unwrap();
    for (name, text) in [
        ("index.html", TRUNK),
        ("boot.js", "of the build"),
        ("config.json", "{}"),
        ("a.css", "a{}"),
        ("rollwatch-1.js", "glue"),
        ("rollwatch-1.js.br", "packed"),
        ("rollwatch-1_bg.wasm", "module"),
        ("snippets/a.js", "snippet"),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

/// The document, the loader's name and what it knows.
fn sealed(page: &Path) -> (String, String, Value) {
    let boot: Vec<_> = files(page).unwrap().into_iter().filter(|name| is_boot(name)).collect();
    assert_eq!(boot.len(), 1, "{boot:?}");
    let script = fs::read_to_string(page.join(&boot[0])).unwrap();
    let line = script.lines().find_map(|line| line.strip_prefix("const BUILT = ")).unwrap();
    let built = serde_json::from_str(line.trim_end_matches(';')).unwrap();
    (fs::read_to_string(page.join(DOCUMENT)).unwrap(), boot[0].clone(), built)
}

#[test]
fn every_file_but_an_open_configuration_is_known_to_the_loader_and_the_loader_to_the_document() {
    let page = page("open");
    open(&page).unwrap();
    let (document, boot, built) = sealed(&page);
    let script = fs::read(page.join(&boot)).unwrap();
    let known: Vec<_> = built["files"].as_object().unwrap().keys().cloned().collect();
    let style = format!("style-{}.css", hash(b"a{}"));
    assert_eq!(known, ["rollwatch-1.js", "rollwatch-1_bg.wasm", "snippets/a.js", &style]);
    assert_eq!(built["files"]["snippets/a.js"], integrity(b"snippet"));
    let tag = format!("<script type=module src=./{boot} integrity={} data-js=", integrity(&script));
    assert!(document.contains(&tag), "{document}");
    assert!(document.find(&tag) < document.find("<title>"), "{document}");
    // What the loader puts together in the browser.
    let without = document.replace(&boot, "boot.js").replacen(&integrity(&script), "", 1);
    assert_eq!(built["page"], integrity(without.as_bytes()));
    assert!(!document.contains("sha384-y") && document.contains("href=./rollwatch-1_bg.wasm rel=preload"));
    fs::remove_dir_all(&page).unwrap();
}

#[test]
fn a_page_is_sealed_again_with_its_configuration_and_one_origin() {
    let page = page("closed");
    open(&page).unwrap();
    closed(&page, Some("https://proxy.example")).unwrap();
    let (document, boot, built) = sealed(&page);
    assert_eq!(built["files"]["config.json"], integrity(b"{}"));
    assert!(document.contains("connect-src 'self' https://proxy.example;"), "{document}");
    assert_eq!(document.matches(&boot).count(), 2, "in its tag and where it is told: {document}");
    assert!(!document.contains("https:;") && document.matches("<script").count() == 1, "{document}");
    let before = document.clone();
    closed(&page, Some("https://proxy.example")).unwrap();
    assert_eq!(sealed(&page).0, before, "the same page is sealed in the same way");
    fs::remove_dir_all(&page).unwrap();
}

#[test]
fn the_documents_policy_is_the_one_that_the_build_writes() {
    let text = fs::read_to_string(process::root().join(DOCUMENT)).unwrap();
    assert!(text.contains(&meta_policy(&ANYWHERE.map(str::to_owned))), "index.html and crates/policy differ");
}
