//! The file of `--regions`: regions that the operator adds to the catalogue, in the form of the page's
//! `config.json`, which can be given itself.

use std::path::Path;

use rollwatch_core::json::Json;
use rollwatch_core::provider::Catalogue;

/// The built-in catalogue with the regions of a file. An error has one sentence a line, each with the file, the
/// place in it and what to write there: a proxy that left an entry out would refuse its calls without a hint.
pub(crate) fn read(file: &Path) -> Result<Catalogue, String> {
    let name = file.display();
    let text = std::fs::read_to_string(file).map_err(|error| {
        format!("{name} cannot be read ({error}): name a file that can be with --regions, or leave it out.")
    })?;
    // Editors of some systems begin a file with a mark that JSON does not know.
    let document = Json::read(text.trim_start_matches('\u{feff}'))
        .ok_or_else(|| format!("{name} is not JSON: write {{\"regions\": […]}}."))?;
    let list = document
        .get("regions")
        .ok_or_else(|| format!("{name} has no field regions: write {{\"regions\": […]}}."))?;
    let mut catalogue = Catalogue::built_in();
    let problems = catalogue.add_regions(list);
    if problems.is_empty() {
        return Ok(catalogue);
    }
    Err(problems.iter().map(|problem| format!("{name}: {problem}")).collect::<Vec<_>>().join("\n"))
}
