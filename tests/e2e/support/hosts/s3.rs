//! Amazon S3 behind CloudFront: what the upload script says of each object, and the headers of the policy.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::shelf::{Kept, Shelf};

/// In place of Amazon's program: it writes down what it was told, an argument a line, and an empty line at the end.
const AWS: &str = "#!/bin/sh\nfor word in \"$@\"; do printf '%s\\n' \"$word\"; done >>\"$AWS_LOG\"\nprintf '\\n' >>\"$AWS_LOG\"\n";

pub fn shelf(hosting: &Path, built: &Path) -> Shelf {
    let headers = policy(&fs::read_to_string(hosting.join("headers-policy.json")).expect("a policy"));
    let mut shelf = Shelf::default();
    let calls = calls(hosting);
    let last = calls.last().expect("the script calls Amazon");
    assert_eq!(last.get(..2), Some(&["cloudfront".to_owned(), "create-invalidation".to_owned()][..]));
    for call in calls.iter().take(calls.len() - 1) {
        assert_eq!(call.get(..2), Some(&["s3api".to_owned(), "put-object".to_owned()][..]), "{call:?}");
        let said: BTreeMap<_, _> =
            call[2..].chunks(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
        assert_eq!(said["--bucket"], "a-bucket");
        let file = hosting.with_file_name("dist").join(said["--body"]);
        let mut kept = Kept::read(&file, built, said["--content-type"]);
        kept.headers.insert("cache-control".to_owned(), said["--cache-control"].to_owned());
        kept.headers.extend(headers.clone());
        let key = said["--key"];
        // The distribution's default root object.
        if key == "index.html" {
            shelf.files.insert("/".to_owned(), kept.clone());
        }
        shelf.files.insert(format!("/{key}"), kept);
    }
    shelf
}

/// Runs the upload script as a person would, and returns what it told Amazon's program.
fn calls(hosting: &Path) -> Vec<Vec<String>> {
    let programs = hosting.with_file_name("programs");
    fs::create_dir_all(&programs).expect("the temporary folder can be written");
    let aws = programs.join("aws");
    fs::write(&aws, AWS).expect("the temporary folder can be written");
    let made = Command::new("chmod").arg("+x").arg(&aws).status().expect("chmod starts");
    assert!(made.success());
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());
    let log = programs.join("log");
    let mut script = Command::new("sh");
    script.arg(hosting.join("upload.sh")).args(["a-bucket", "a-distribution"]);
    let done = script.env("PATH", path).env("AWS_LOG", &log).status().expect("sh starts");
    assert!(done.success(), "the upload script fails");
    let log = fs::read_to_string(log).expect("the script calls Amazon");
    let calls = log.trim_end().split("\n\n");
    calls.map(|call| call.lines().map(str::to_owned).collect()).collect()
}

/// The headers that CloudFront adds under a policy.
fn policy(text: &str) -> BTreeMap<String, String> {
    let policy: Value = serde_json::from_str(text).expect("JSON");
    let (security, custom) = (&policy["SecurityHeadersConfig"], &policy["CustomHeadersConfig"]);
    let word = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut headers: BTreeMap<String, String> = custom["Items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| (word(&item["Header"]), word(&item["Value"])))
        .collect();
    assert_eq!(custom["Quantity"], headers.len());
    let hsts = &security["StrictTransportSecurity"]["AccessControlMaxAgeSec"];
    headers.extend([
        (
            "content-security-policy".to_owned(),
            word(&security["ContentSecurityPolicy"]["ContentSecurityPolicy"]),
        ),
        ("referrer-policy".to_owned(), word(&security["ReferrerPolicy"]["ReferrerPolicy"])),
        ("strict-transport-security".to_owned(), format!("max-age={hsts}")),
    ]);
    if security["ContentTypeOptions"]["Override"] == true {
        headers.insert("x-content-type-options".to_owned(), "nosniff".to_owned());
    }
    headers
}
