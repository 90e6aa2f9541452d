//! One style sheet of all: the page needs every one of them before it is seen, and each file costs a request and a
//! comparison at every start.

use super::seal::{hash, integrity};
use crate::Failure;
use std::fs;
use std::path::Path;

/// Joins the style sheets that a document names, in its order, and returns the document with the one in their place.
///
/// # Errors
/// When a file cannot be read or written.
pub fn in_one_sheet(page: &Path, document: &str) -> Result<String, Failure> {
    let (mut rest, mut before, mut style, mut count) = (document, String::new(), String::new(), 0);
    let mut place = None;
    while let Some((head, tag, tail)) = next(rest) {
        before.push_str(head);
        match tag.split_once("href=./").and_then(|(_, after)| after.split_once(' ')) {
            Some((name, _)) if tag.contains("rel=stylesheet") => {
                let file = page.join(name);
                let text =
                    fs::read_to_string(&file).map_err(|error| format!("{name} cannot be read: {error}."))?;
                fs::remove_file(&file).map_err(|error| format!("{name} cannot be removed: {error}."))?;
                style.push_str(&text);
                count += 1;
                place.get_or_insert(before.len());
            }
            _ => before.push_str(tag),
        }
        rest = tail;
    }
    before.push_str(rest);
    let Some(place) = place.filter(|_| count > 0) else { return Ok(document.to_owned()) };
    let name = format!("style-{}.css", hash(style.as_bytes()));
    fs::write(page.join(&name), &style).map_err(|error| format!("{name} cannot be written: {error}."))?;
    let link = format!("<link href=./{name} integrity={} rel=stylesheet>", integrity(style.as_bytes()));
    before.insert_str(place, &link);
    Ok(before)
}

/// What stands before the next `<link>`, that tag, and what follows it.
fn next(document: &str) -> Option<(&str, &str, &str)> {
    let (head, rest) = document.split_at(document.find("<link ")?);
    let (tag, tail) = rest.split_at(rest.find('>')? + 1);
    Some((head, tag, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_sheets_become_one_in_their_order_and_one_stays_itself() {
        let page = std::env::temp_dir().join(format!("rollwatch-style-{}", std::process::id()));
        fs::create_dir_all(&page).unwrap();
        fs::write(page.join("b-1.css"), "b{}").unwrap();
        fs::write(page.join("a-2.css"), "a{}").unwrap();
        let document = "<x><link href=icon.svg rel=icon><link href=./b-1.css integrity=x rel=stylesheet><link href=./a-2.css integrity=y rel=stylesheet><link href=./m.js rel=modulepreload>z";
        let once = in_one_sheet(&page, document).unwrap();
        let twice = in_one_sheet(&page, &once).unwrap();
        let names: Vec<_> = fs::read_dir(&page).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        let name = names[0].to_str().unwrap().to_owned();
        let text = fs::read_to_string(page.join(&name)).unwrap();
        fs::remove_dir_all(&page).unwrap();
        assert_eq!((names.len(), text.as_str()), (1, "b{}a{}"));
        assert_eq!(once, twice);
        let link = format!("<link href=./{name} integrity={} rel=stylesheet>", integrity(b"b{}a{}"));
        assert_eq!(
            once,
            format!("<x><link href=icon.svg rel=icon>{link}<link href=./m.js rel=modulepreload>z")
        );
    }
}
