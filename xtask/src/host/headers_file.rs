//! Cloudflare Pages and Netlify read the headers of a site from a file `_headers` in it, in the same form. Both join
//! what several matching rules say of one header, so no header stands in two rules for one path; and both compress
//! by themselves.
//!
//! <https://developers.cloudflare.com/pages/configuration/headers/>: at most 100 rules, 2,000 characters a line.
//! <https://docs.netlify.com/routing/headers/>

use super::{Page, put};
use crate::Failure;
use crate::app::seal::DOCUMENT;
use rollwatch_policy::caching;

/// What every file is served with, and where Cloudflare would let any site read it.
const SHARED: &str = "  ! Access-Control-Allow-Origin\n";

pub fn cloudflare(page: &Page) -> Result<String, Failure> {
    put(&page.root.join("_headers"), &rules(page, SHARED))?;
    Ok("dist/ is ready for Cloudflare Pages: `npx wrangler pages deploy dist`, or upload the folder.\n\n\
        Its _headers holds the headers. Leave Rocket Loader, Email Obfuscation, Auto Minify and Web Analytics off for\n\
        this host: they rewrite files, and the page refuses to start from files that are not as they were built."
        .to_owned())
}

pub fn netlify(page: &Page) -> Result<String, Failure> {
    put(&page.root.join("_headers"), &rules(page, ""))?;
    Ok("dist/ is ready for Netlify: `npx netlify deploy --prod --dir dist`, or drop the folder on its page.\n\n\
        Its _headers holds the headers; no netlify.toml is needed. Leave snippet injection and post processing off for\n\
        this site: they rewrite files, and the page refuses to start from files that are not as they were built."
        .to_owned())
}

fn rules(page: &Page, besides: &str) -> String {
    let always = page.headers().map(|(name, value)| format!("  {name}: {value}\n")).collect::<String>();
    let mut text = format!("# Written by `cargo xtask build --for …`.\n{}*\n{besides}{always}", page.under);
    // Hosts answer with the document at the folder's own path.
    let folder = [(page.under.clone(), caching(DOCUMENT))].into_iter();
    let files = page.names.iter().map(|name| (page.path(name), caching(name)));
    for (path, cache) in folder.chain(files) {
        text.push_str(&format!("{path}\n  Cache-Control: {cache}\n"));
    }
    text
}
