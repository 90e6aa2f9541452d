use super::*;
use std::sync::atomic::{AtomicU32, Ordering};

const DOCUMENT: &str = "<!doctype html><html lang=en><meta content=\"default-src 'none'; connect-src 'self' https:\" http-equiv=Content-Security-Policy><title>R</title><script data-js=./x src=./boot.js type=module></script><body>";
const ORIGIN: &str = "https://proxy.example";

/// A built page, and where it is written for a host, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("rollwatch-kit-{}-{}", COUNT.fetch_add(1, Ordering::Relaxed), std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(folder.join("built")).unwrap();
        for (name, text) in [
            ("index.html", DOCUMENT),
            ("boot.js", "of the build"),
            ("config.json", r#"{"title":"Rollwatch","proxy":"./proxy","demo":null}"#),
            ("icon.svg", "<svg/>"),
            ("base-0123456789abcdef.css", "a{}"),
            ("rollwatch-0123456789abcdef.js", "glue"),
            ("rollwatch-0123456789abcdef.js.br", "packed glue"),
            ("rollwatch-0123456789abcdef_bg.wasm", "module"),
            ("index.html.br", "of the other configuration"),
        ] {
            fs::write(folder.join("built").join(name), text).unwrap();
        }
        Folder(folder)
    }

    fn write(&self, host: Host, under: &str) -> String {
        let (proxy, under) = (format!("{ORIGIN}/proxy/"), under.to_owned());
        let kit = Kit { host, proxy, title: Some("Ops".to_owned()), under };
        super::write(&self.0.join("built"), &self.0.join("dist"), &kit).unwrap()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const HOSTS: [Host; 5] = [Host::Cloudflare, Host::Netlify, Host::GithubPages, Host::S3, Host::Nginx];

#[test]
fn the_proxy_goes_into_the_configuration_and_into_every_policy_and_nothing_else_does() {
    for (host, under) in
        HOSTS.into_iter().flat_map(|host| ["/", "/ops/rollwatch/"].map(|under| (host, under)))
    {
        let folder = Folder::new();
        let told = folder.write(host, under);
        assert!(told.contains(ORIGIN) && told.contains("--allow-origin"), "{told}");
        let page = format!("dist{under}");
        let config: serde_json::Value =
            serde_json::from_str(&folder.read(&format!("{page}config.json"))).unwrap();
        assert_eq!(config["proxy"], "https://proxy.example/proxy");
        assert_eq!(config["title"], "Ops");
        let connect = format!("connect-src 'self' {ORIGIN};");
        assert!(folder.read(&format!("{page}index.html")).contains(&connect), "{host:?}");
        let with_headers = match host {
            Host::Cloudflare | Host::Netlify => "dist/_headers",
            Host::S3 => "hosting/headers-policy.json",
            Host::Nginx => "hosting/rollwatch.conf",
            Host::GithubPages => continue,
        };
        let headers = folder.read(with_headers).to_ascii_lowercase();
        assert_eq!(headers.matches(ORIGIN).count(), 1, "{headers}");
        for wanted in
            [&*connect, "frame-ancestors 'none'", "63072000", "no-referrer", "camera=()", "require-trusted"]
        {
            assert!(headers.contains(wanted), "{host:?} lacks {wanted}: {headers}");
        }
        let custom = ["cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy"];
        assert!(custom.iter().all(|name| headers.contains(name)), "{headers}");
        assert!(headers.contains("nosniff") || headers.contains("contenttypeoptions"), "{headers}");
    }
}

#[test]
fn files_of_hosts_keep_their_limits_and_say_each_thing_once_for_a_path() {
    for host in [Host::Cloudflare, Host::Netlify] {
        let folder = Folder::new();
        folder.write(host, "/ops/");
        let rules = folder.read("dist/_headers");
        assert!(rules.lines().all(|line| line.len() <= 2000));
        assert!(rules.lines().filter(|line| line.starts_with('/')).count() <= 100);
        assert!(rules.contains(
            "/ops/rollwatch-0123456789abcdef_bg.wasm\n  Cache-Control: public, max-age=31536000, immutable\n"
        ));
        for fresh in ["/ops/", "/ops/index.html", "/ops/config.json", "/ops/icon.svg"] {
            assert!(rules.contains(&format!("\n{fresh}\n  Cache-Control: no-cache\n")), "{fresh}: {rules}");
        }
        assert!(rules.contains("/ops/boot-") && !rules.contains("/ops/boot.js"));
    }
}

#[test]
fn what_the_host_must_not_serve_lies_beside_and_compressed_files_only_where_they_are_served() {
    for host in HOSTS {
        let folder = Folder::new();
        folder.write(host, "/");
        let packed = "dist/rollwatch-0123456789abcdef.js.br";
        assert_eq!(folder.0.join(packed).is_file(), host == Host::Nginx, "{host:?}");
        let document = fs::read(folder.0.join("dist/index.html.br")).unwrap_or_default();
        assert_ne!(document, b"of the other configuration");
        let beside = fs::read_dir(folder.0.join("hosting")).unwrap().count();
        assert_eq!(beside > 0, matches!(host, Host::S3 | Host::Nginx), "{host:?}");
        assert_eq!(folder.0.join("dist/.nojekyll").is_file(), host == Host::GithubPages);
        assert!(!folder.0.join("dist.unfinished").exists());
    }
}

#[test]
fn the_upload_ends_with_the_document() {
    let folder = Folder::new();
    folder.write(Host::S3, "/ops/");
    let script = folder.read("hosting/upload.sh");
    let puts: Vec<_> = script.lines().filter(|line| line.starts_with("put '")).collect();
    assert_eq!(puts.len(), 8, "each file, and the document at its folder's path: {puts:#?}");
    assert_eq!(puts[6], "put 'ops/index.html' 'ops/index.html' 'text/html; charset=utf-8' 'no-cache'");
    assert_eq!(puts[7], "put 'ops/' 'ops/index.html' 'text/html; charset=utf-8' 'no-cache'");
    assert!(script.contains("'application/wasm' 'public, max-age=31536000, immutable'"));
    assert!(script.contains("--paths '/ops/config.json' '/ops/index.html' '/ops/'"));
}

#[test]
fn nothing_is_written_for_an_address_that_would_not_work() {
    let folder = Folder::new();
    let kit = Kit {
        host: Host::Netlify,
        proxy: "http://proxy.example/proxy".to_owned(),
        title: None,
        under: "/".to_owned(),
    };
    super::write(&folder.0.join("built"), &folder.0.join("dist"), &kit).unwrap_err();
    assert!(!folder.0.join("dist").exists());
}
