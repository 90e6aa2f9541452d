//! Amazon S3 behind CloudFront. S3 keeps each file with its type and how long it may be kept; CloudFront adds the
//! headers of a response headers policy, and compresses.
//!
//! The files are uploaded as they are: CloudFront compresses with brotli and gzip itself, each visitor what they
//! take, the module included. A file that is stored compressed goes out compressed to everybody, also to those who
//! do not take it, and is never compressed anew.
//! <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html>

use super::{Page, content_type, put};
use crate::Failure;
use crate::app::seal::{CONFIG, DOCUMENT};
use http::header;
use rollwatch_policy::caching;
use serde_json::{Map, Value, json};
use std::path::Path;

pub fn write(page: &Page, hosting: &Path) -> Result<String, Failure> {
    put(&hosting.join("upload.sh"), &script(page))?;
    put(&hosting.join("headers-policy.json"), &format!("{:#}\n", policy(page)))?;
    Ok("dist/ is ready for Amazon S3 behind CloudFront, and hosting/ has what goes with it:\n\n\
        1. Once: `aws cloudfront create-response-headers-policy --response-headers-policy-config \
        file://hosting/headers-policy.json`,\n   and attach that policy to the behaviour of the page's path.\n\
        2. Once: in that behaviour choose “Redirect HTTP to HTTPS”, “Compress objects automatically” and the managed\n   \
        cache policy CachingOptimized, whose shortest time is one second; at the root of a domain set the default\n   \
        root object to index.html. Let only CloudFront read the bucket (origin access control).\n\
        3. For every version: `sh hosting/upload.sh BUCKET DISTRIBUTION`. It uploads the files that name others last,\n   \
        so nobody meets half a version, and leaves files of older versions to those who have them open."
        .to_owned())
}

fn script(page: &Page) -> String {
    let mut text = String::from(
        "#!/bin/sh\n\
         # Uploads the page. Written by `cargo xtask build --for s3`.\n\
         # Usage: sh hosting/upload.sh BUCKET [DISTRIBUTION]\n\
         set -eu\n\
         bucket=$1\n\
         cd \"$(dirname \"$0\")/../dist\"\n\n\
         put() {\n  \
         aws s3api put-object --bucket \"$bucket\" --key \"$1\" --body \"$2\" \\\n    \
         --content-type \"$3\" --cache-control \"$4\" >/dev/null\n\
         }\n\n",
    );
    let mut line = |key: &str, name: &str| {
        let body = page.path(name);
        let (key, body) = (key.trim_start_matches('/'), body.trim_start_matches('/'));
        text.push_str(&format!("put '{key}' '{body}' '{}' '{}'\n", content_type(name), caching(name)));
    };
    for name in &page.names {
        line(&page.path(name), name);
    }
    let mut changed = [page.path(CONFIG), page.path(DOCUMENT), page.under.clone()];
    if page.under != "/" {
        // CloudFront knows a default document for the root alone, so the folder's own path is an object too.
        line(&page.under, DOCUMENT);
    }
    changed.iter_mut().for_each(|path| *path = format!("'{path}'"));
    text.push_str(&format!(
        "\nif [ $# -gt 1 ]; then\n  \
         aws cloudfront create-invalidation --distribution-id \"$2\" --paths {} >/dev/null\n\
         fi\n",
        changed.join(" ")
    ));
    text
}

/// The headers as CloudFront takes them: those that it knows by their own fields, the others by name.
/// <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ResponseHeadersPolicyConfig.html>
fn policy(page: &Page) -> Value {
    let (mut security, mut custom) = (Map::new(), Vec::new());
    security.insert("ContentTypeOptions".to_owned(), json!({ "Override": true }));
    for (name, value) in &page.headers {
        let text = value.to_str().unwrap_or_default();
        match *name {
            header::CONTENT_SECURITY_POLICY => {
                let field = json!({ "Override": true, "ContentSecurityPolicy": text });
                security.insert("ContentSecurityPolicy".to_owned(), field);
            }
            header::REFERRER_POLICY => {
                let field = json!({ "Override": true, "ReferrerPolicy": text });
                security.insert("ReferrerPolicy".to_owned(), field);
            }
            header::STRICT_TRANSPORT_SECURITY => {
                let seconds = text.trim_start_matches("max-age=").parse::<u64>().unwrap_or_default();
                let field = json!({
                    "Override": true, "IncludeSubdomains": false, "Preload": false, "AccessControlMaxAgeSec": seconds,
                });
                security.insert("StrictTransportSecurity".to_owned(), field);
            }
            // It has one value, which the field above stands for.
            header::X_CONTENT_TYPE_OPTIONS => {}
            _ => custom.push(json!({ "Header": name.as_str(), "Value": text, "Override": true })),
        }
    }
    json!({
        "Name": "rollwatch",
        "Comment": "The headers of Rollwatch",
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": { "Quantity": custom.len(), "Items": custom },
    })
}
