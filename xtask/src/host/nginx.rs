//! nginx: a server block, and the compressed files beside the page's own.
//!
//! `gzip_static` is part of Debian's smallest nginx. `brotli_static` is a module of its own, so it stands in a file
//! of its own, which is only installed where the module is.

use super::{Page, put};
use crate::Failure;
use rollwatch_policy::{ASK_AGAIN, FOR_GOOD};
use std::path::Path;

pub fn write(page: &Page, hosting: &Path) -> Result<String, Failure> {
    put(&hosting.join("rollwatch.conf"), &server(page))?;
    put(&hosting.join("rollwatch-brotli.conf"), BROTLI)?;
    Ok("dist/ is ready for nginx: copy its content to /var/www/rollwatch, and hosting/rollwatch.conf to\n\
        /etc/nginx/conf.d/ after naming your host and certificate in it. Where nginx has the module brotli-static\n\
        (Debian: libnginx-mod-http-brotli-static), copy hosting/rollwatch-brotli.conf there too. Then `nginx -t` and\n\
        reload. To serve the page below a path of a server block of your own, take its locations over."
        .to_owned())
}

const BROTLI: &str = "\
# Written by `cargo xtask build --for nginx`. Only where the module brotli-static is loaded.
brotli_static on;
";

fn server(page: &Page) -> String {
    let hashed = "~-[0-9a-f]{12,16}(_bg)?\\.[a-z]+$";
    let quoted = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"");
    let headers = page
        .headers()
        .map(|(name, value)| format!("    add_header {name} \"{}\" always;\n", quoted(value)))
        .collect::<String>();
    let under = &page.under;
    let slash = match under.trim_end_matches('/') {
        "" => String::new(),
        folder => format!(
            "    absolute_redirect off;\n    location = {folder} {{\n        return 308 {under};\n    }}\n"
        ),
    };
    let regex = under.replace('.', "\\.");
    format!(
        "\
# Written by `cargo xtask build --for nginx`.

# A file with a hash in its name never changes; every other one is asked for again each time.
map $uri $rollwatch_cache {{
    default \"{ASK_AGAIN}\";
    \"{hashed}\" \"{FOR_GOOD}\";
}}

server {{
    # With TLS: listen 443 ssl; ssl_certificate …; ssl_certificate_key …; and a server that redirects port 80.
    listen 80;
    server_name _;
    root /var/www/rollwatch;
    server_tokens off;

    types {{
        text/html html;
        text/css css;
        text/javascript js;
        application/wasm wasm;
        application/json json;
        image/svg+xml svg;
    }}
    default_type application/octet-stream;
    charset utf-8;
    charset_types text/html text/css text/javascript;

    # What `cargo xtask build` compressed is served as it is; nothing is compressed for each visitor.
    gzip_static on;
    gzip_vary on;

    # A missing file is told with the same headers, but is never kept.
    add_header Cache-Control $rollwatch_cache;
{headers}
{slash}    # The document, at its folder and by its name, and the files beside it; no other file and no other method.
    location = {under} {{
        limit_except GET {{ deny all; }}
        try_files {under}index.html =404;
    }}
    location ~ ^{regex}[A-Za-z0-9._/-]+\\.(html|css|js|wasm|json|svg)$ {{
        limit_except GET {{ deny all; }}
    }}
    location / {{
        return 404;
    }}
}}
"
    )
}
