//! Live links: the part of the page's address that names one watched cluster, for people to hand on.
//!
//! `c/{service}/{site}/{region}/{cluster}/{operation}`, followed by `?project=…` where the vendor has projects.
//! A link never names an account or a key: whoever opens it uses their own.

pub mod agreements;
pub mod saved;
pub mod zones;

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::model::{OperationKind, Service, Site, Watch};

/// The first segment of every link to a cluster.
pub const PREFIX: &str = "c";

/// Everything that could end a segment, or that chat programs cut off a pasted link, is encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The named parameters of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    Project,
}

impl Parameter {
    pub const fn name(self) -> &'static str {
        match self {
            Parameter::Project => "project",
        }
    }
}

/// A part of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Service,
    Site,
    Region,
    Cluster,
    Operation,
    Project,
}

impl Part {
    /// The part's name in a sentence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Part::Service => "service",
            Part::Site => "site",
            Part::Region => "region",
            Part::Cluster => "cluster",
            Part::Operation => "operation",
            Part::Project => "project",
        }
    }
}

/// Why a text is not a link to a cluster.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LinkError {
    /// It does not begin as a link to a cluster does.
    NotACluster,
    /// The part is missing or empty.
    Missing(Part),
    /// The part says something that this version does not know.
    Unknown { part: Part, given: String },
    /// The service cannot be asked about this operation.
    NotOffered { service: Service, operation: OperationKind },
    /// The part's bytes are not text.
    NotText(Part),
    /// There is more after the last part.
    Surplus(String),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::NotACluster => write!(f, "this is not a link to a cluster"),
            LinkError::Missing(part) => write!(f, "the link names no {}", part.as_str()),
            LinkError::Unknown { part, given } => {
                write!(f, "the link names the {} “{given}”, which is not known here", part.as_str())
            }
            LinkError::NotOffered { service, operation } => {
                write!(f, "{} has no operation “{}”", service.id(), operation.id())
            }
            LinkError::NotText(part) => write!(f, "the link's {} is not readable text", part.as_str()),
            LinkError::Surplus(rest) => write!(f, "the link goes on with “{rest}” after its end"),
        }
    }
}

impl std::error::Error for LinkError {}

/// The link to a watch, without the page's address and its `#/`. The account is left out.
pub fn print(watch: &Watch) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
    let path = [
        PREFIX,
        watch.service.id(),
        watch.site.id(),
        &encoded(&watch.region),
        &encoded(&watch.cluster),
        watch.operation.id(),
    ]
    .join("/");
    if watch.project.is_empty() {
        path
    } else {
        format!("{path}?{}={}", Parameter::Project.name(), encoded(&watch.project))
    }
}

/// Reads a link: the whole address, its fragment, or the part that `print` gives. A link without an
/// operation means the service's usual one, and parameters that this version does not know are passed over,
/// so that links from other versions open. The watch has no account.
pub fn parse(text: &str) -> Result<Watch, LinkError> {
    let text = text.trim();
    let text = text.split_once('#').map_or(text, |(_, fragment)| fragment);
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let mut segments = path.trim_matches('/').split('/');
    if segments.next() != Some(PREFIX) {
        return Err(LinkError::NotACluster);
    }
    let mut next = |part| match segments.next() {
        None | Some("") => Err(LinkError::Missing(part)),
        Some(segment) => decoded(segment, part),
    };

    let service = known(next(Part::Service)?, Part::Service, Service::from_id)?;
    let site = known(next(Part::Site)?, Part::Site, Site::from_id)?;
    let region = next(Part::Region)?;
    let cluster = next(Part::Cluster)?;
    let operation = match next(Part::Operation) {
        Ok(id) => Some(known(id, Part::Operation, OperationKind::from_id)?),
        Err(LinkError::Missing(_)) => service.operations().first().copied(),
        Err(error) => return Err(error),
    };
    let operation = operation.ok_or(LinkError::Missing(Part::Operation))?;
    if !service.operations().contains(&operation) {
        return Err(LinkError::NotOffered { service, operation });
    }
    if let Some(rest) = segments.next() {
        return Err(LinkError::Surplus(rest.to_owned()));
    }

    let project = match parameter(query, Parameter::Project) {
        Some(value) => decoded(value, Part::Project)?,
        None => String::new(),
    };
    if service.needs_project() && project.is_empty() {
        return Err(LinkError::Missing(Part::Project));
    }
    Ok(Watch { service, operation, site, region, project, cluster, account: String::new() })
}

fn decoded(text: &str, part: Part) -> Result<String, LinkError> {
    let decoded = percent_decode_str(text).decode_utf8().map_err(|_| LinkError::NotText(part))?;
    Ok(decoded.into_owned())
}

fn known<T>(id: String, part: Part, from_id: fn(&str) -> Option<T>) -> Result<T, LinkError> {
    from_id(&id).ok_or(LinkError::Unknown { part, given: id })
}

fn parameter(query: &str, parameter: Parameter) -> Option<&str> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| *name == parameter.name()).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn huawei() -> Watch {
        Watch {
            service: Service::HuaweiCss,
            operation: OperationKind::Upgrade,
            site: Site::Public,
            region: "cn-north-4".into(),
            project: "6204a5bd270343b5885144cf9c8c158d".into(),
            cluster: "4f3deec3-efa8-4598-bf91-560aad1377a3".into(),
            account: "night shift".into(),
        }
    }

    #[test]
    fn a_link_names_the_cluster_and_not_the_account() {
        assert_eq!(
            print(&huawei()),
            "c/huawei_css/public/cn-north-4/4f3deec3-efa8-4598-bf91-560aad1377a3/upgrade\
             ?project=6204a5bd270343b5885144cf9c8c158d"
        );
        let search = Watch {
            service: Service::NcpSearchEngine,
            region: "KR".into(),
            project: String::new(),
            cluster: "1001".into(),
            ..huawei()
        };
        assert_eq!(print(&search), "c/ncp_search_engine/public/KR/1001/upgrade");
    }

    #[test]
    fn a_whole_address_a_fragment_and_a_bare_link_are_the_same() {
        let expected = Watch { account: String::new(), ..huawei() };
        let link = print(&huawei());
        for text in [
            link.clone(),
            format!("#/{link}"),
            format!("/{link}\n"),
            format!("https://rollwatch.example/board/?x=1#/{link}"),
        ] {
            assert_eq!(parse(&text), Ok(expected.clone()), "{text}");
        }
    }

    #[test]
    fn links_of_other_versions_open() {
        let expected = parse("c/ncp_data_streaming/gov/KR/77/restart");
        assert!(expected.is_ok());
        for text in [
            "c/ncp_data_streaming/gov/KR/77",
            "c/ncp_data_streaming/gov/KR/77/",
            "c/ncp_data_streaming/gov/KR/77/restart?tab=nodes&zone=utc&flag",
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn an_error_names_the_part_that_is_wrong() {
        let unknown = |part, given: &str| LinkError::Unknown { part, given: given.into() };
        let ncp = Service::NcpSearchEngine;
        for (text, error) in [
            ("", LinkError::NotACluster),
            ("add", LinkError::NotACluster),
            ("c", LinkError::Missing(Part::Service)),
            ("c/aws_msk/public/KR/1", unknown(Part::Service, "aws_msk")),
            ("c/huawei_css/moon/x/1", unknown(Part::Site, "moon")),
            ("c/huawei_css/public", LinkError::Missing(Part::Region)),
            ("c/huawei_css/public//1", LinkError::Missing(Part::Region)),
            ("c/huawei_css/public/x/", LinkError::Missing(Part::Cluster)),
            ("c/huawei_css/public/x/%FF", LinkError::NotText(Part::Cluster)),
            ("c/huawei_css/public/x/1/reboot", unknown(Part::Operation, "reboot")),
            (
                "c/ncp_search_engine/public/KR/1/restart",
                LinkError::NotOffered { service: ncp, operation: OperationKind::RollingRestart },
            ),
            ("c/ncp_search_engine/public/KR/1/upgrade/x", LinkError::Surplus("x".into())),
            ("c/huawei_css/public/x/1/upgrade", LinkError::Missing(Part::Project)),
            ("c/huawei_css/public/x/1/upgrade?project=%C3", LinkError::NotText(Part::Project)),
        ] {
            assert_eq!(parse(text), Err(error), "{text:?}");
        }
    }

    prop_compose! {
        fn any_watch()(
            service in prop::sample::select(Service::ALL.to_vec()),
            site in prop::sample::select(Site::ALL.to_vec()),
            nth in 0usize..2,
            region in ".{1,20}", project in ".{1,40}", cluster in ".{1,40}", account in ".{0,20}",
        ) -> Watch {
            let operations = service.operations();
            let operation = operations[nth % operations.len()];
            Watch { service, operation, site, region, project, cluster, account }
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(watch in any_watch()) {
            let link = print(&watch);
            prop_assert!(link.bytes().all(|b| b.is_ascii_graphic() && !b"#\"<>'()".contains(&b)), "{}", link);
            prop_assert_eq!(parse(&link), Ok(Watch { account: String::new(), ..watch }));
        }

        #[test]
        fn the_account_never_shows_in_a_link(watch in any_watch()) {
            let other = Watch { account: "another".into(), ..watch.clone() };
            prop_assert_eq!(print(&watch), print(&other));
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".{0,80}") {
            let _ = parse(&text);
            let _ = parse(&format!("c/huawei_css/public/{text}"));
        }
    }
}
