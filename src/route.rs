//! Which page the address names: `Route` and its fragment, reader and printer side by side.
//!
//! Everything after the `#` stays in the browser, so any static host can serve the page from any folder.

use rollwatch_core::link::{self, LinkError};
use rollwatch_core::model::Watch;

pub use rollwatch_core::link::Parameter;

/// A page. Every page has one fragment, and every fragment names a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// All watched clusters: `/`.
    Board,
    /// One cluster, as a link names it, without an account: `/c/…`.
    Cluster(Watch),
    /// The form that adds a cluster: `/add`.
    Add,
    /// The accounts and their keys: `/keys`.
    Keys,
    /// What this page is and what it does with keys: `/about`.
    About,
    /// A link to a cluster that cannot be read, with its text.
    Broken { text: String, error: LinkError },
    /// No page that this version has.
    Unknown(String),
}

const ADD: &str = "add";
const KEYS: &str = "keys";
const ABOUT: &str = "about";

impl Route {
    /// The page that a fragment names, given with or without its `#` and first `/`.
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.trim_start_matches('#').trim_start_matches('/');
        let name = path.split_once('?').map_or(path, |(name, _)| name).trim_end_matches('/');
        match name {
            "" => Route::Board,
            ADD => Route::Add,
            KEYS => Route::Keys,
            ABOUT => Route::About,
            _ => match link::parse(path) {
                Ok(watch) => Route::Cluster(watch),
                Err(LinkError::NotACluster) => Route::Unknown(path.to_owned()),
                Err(error) => Route::Broken { text: path.to_owned(), error },
            },
        }
    }

    /// The fragment of this page, without its `#`.
    pub fn fragment(&self) -> String {
        match self {
            Route::Board => "/".to_owned(),
            Route::Cluster(watch) => format!("/{}", link::print(watch)),
            Route::Add => format!("/{ADD}"),
            Route::Keys => format!("/{KEYS}"),
            Route::About => format!("/{ABOUT}"),
            Route::Broken { text, .. } | Route::Unknown(text) => format!("/{text}"),
        }
    }

    /// The address for a link's `href`.
    pub fn href(&self) -> String {
        format!("#{}", self.fragment())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollwatch_core::link::Part;
    use rollwatch_core::model::{OperationKind, Service, Site};

    fn watch() -> Watch {
        Watch {
            service: Service::HuaweiCss,
            operation: OperationKind::AzMigration,
            site: Site::Otc,
            region: "eu-de".into(),
            project: "0123abcd".into(),
            cluster: "a/b?c#d e".into(),
            account: String::new(),
        }
    }

    #[test]
    fn every_page_is_found_again_by_its_fragment() {
        for route in [Route::Board, Route::Cluster(watch()), Route::Add, Route::Keys, Route::About] {
            assert_eq!(Route::parse(&route.fragment()), route);
            assert_eq!(Route::parse(&route.href()), route);
        }
    }

    #[test]
    fn fragments_are_read_however_they_are_written() {
        for fragment in ["", "#", "/", "#/", "#//", "/?zone=utc"] {
            assert_eq!(Route::parse(fragment), Route::Board, "{fragment:?}");
        }
        for fragment in ["add", "#/add", "/add/", "#add?from=help"] {
            assert_eq!(Route::parse(fragment), Route::Add, "{fragment:?}");
        }
    }

    #[test]
    fn a_page_that_does_not_exist_is_not_the_board() {
        assert_eq!(Route::parse("#/prices"), Route::Unknown("prices".into()));
        assert_eq!(Route::parse("#/prices").fragment(), "/prices");
    }

    #[test]
    fn a_broken_link_says_which_part_is_wrong() {
        let text = "c/huawei_css/public/cn-north-4";
        let broken = Route::Broken { text: text.into(), error: LinkError::Missing(Part::Cluster) };
        assert_eq!(Route::parse(&format!("#/{text}")), broken);
        assert_eq!(Route::parse(&broken.fragment()), broken);
    }

    #[test]
    fn an_account_never_reaches_the_address() {
        let with_account = Watch { account: "night-shift".into(), ..watch() };
        assert!(!Route::Cluster(with_account).href().contains("night-shift"));
    }
}
