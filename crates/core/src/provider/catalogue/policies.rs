//! What an account has to be granted for the calls of the catalogue and for nothing more, as a document that the
//! vendor's console takes. It is made of the routes, so that it grants what the page asks for and no more.
//!
//! Sources: "Policy structure and syntax" of Alibaba's RAM; "Identity policy syntax" of Huawei's IAM, whose
//! identity policies also take the actions of the older ones.

use super::{Grant, ROUTES};
use crate::model::{Provider, Site};

/// A policy of least privilege.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The document, as it is pasted.
    pub text: String,
    /// The actions in it that no page of the vendor confirms.
    pub unconfirmed: Vec<&'static str>,
    /// The vendor's own policy that covers as much and more, for where the document is refused.
    pub instead: &'static str,
}

impl Policy {
    /// What an account needs whose clusters are at these sites. `None`: the vendor publishes no names to write one
    /// with. Huawei's pages speak of Huawei's own sites; no page of Open Telekom Cloud names an action.
    pub fn of(provider: Provider, sites: &[Site]) -> Option<Self> {
        let (version, resource, instead) = match provider {
            Provider::Ncp => return None,
            Provider::Huawei => ("5.0", "*", "CSS ReadOnlyAccess"),
            Provider::Alibaba => ("1", "acs:hologram:*:*:instance/*", "AliyunHologresReadOnlyAccess"),
        };
        let mut grants: Vec<Grant> = Vec::new();
        for route in ROUTES.iter().filter(|route| route.service.provider() == provider) {
            let grant = route.grant();
            if grant.action().is_some() && !grants.contains(&grant) {
                grants.push(grant);
            }
        }
        let actions: Vec<&str> = grants.iter().filter_map(|grant| grant.action()).collect();
        let elsewhere = sites.contains(&Site::Otc);
        let unconfirmed = grants.iter().filter_map(|grant| match grant {
            Grant::Likely(action) => Some(*action),
            Grant::Documented(action) if elsewhere => Some(*action),
            _ => None,
        });
        Some(Policy {
            text: document(version, &actions, resource),
            unconfirmed: unconfirmed.collect(),
            instead,
        })
    }
}

fn document(version: &str, actions: &[&str], resource: &str) -> String {
    let actions: Vec<String> = actions.iter().map(|action| format!("        \"{action}\"")).collect();
    let actions = actions.join(",\n");
    format!(
        "{{\n  \"Version\": \"{version}\",\n  \"Statement\": [\n    {{\n      \"Effect\": \"Allow\",\n      \
         \"Action\": [\n{actions}\n      ],\n      \"Resource\": [\"{resource}\"]\n    }}\n  ]\n}}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Json;

    #[test]
    fn a_policy_grants_the_calls_of_the_page_and_reads_only() {
        let holo = Policy::of(Provider::Alibaba, &[Site::Public]).expect("a policy");
        let read = Json::read(&holo.text).expect("JSON");
        assert!(read.get("Version").and_then(Json::as_text) == Some("1"), "{}", holo.text);
        for provider in [Provider::Huawei, Provider::Alibaba] {
            let policy = Policy::of(provider, &[Site::Public]).expect("a policy");
            let of_provider = ROUTES.iter().filter(|route| route.service.provider() == provider);
            for action in of_provider.filter_map(|route| route.grant().action()) {
                assert_eq!(policy.text.matches(&format!("\"{action}\"")).count(), 1, "{action}");
            }
            let granted: Vec<&str> = policy
                .text
                .split('"')
                .filter(|word| word.contains(":") && !word.contains(": ") && !word.starts_with("acs:"))
                .collect();
            for action in granted {
                let verb = action.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
                assert!(verb.starts_with("list") || verb.starts_with("get"), "{action} may change something");
            }
        }
        assert_eq!(holo.unconfirmed, ["hologram:GetUpgradeStatus"]);
        let huawei = |sites: &[Site]| Policy::of(Provider::Huawei, sites).expect("a policy").unconfirmed;
        assert_eq!(huawei(&[Site::Public]), ["iam:projects:list"]);
        assert_eq!(huawei(&[Site::Public, Site::Otc]).len(), 4, "no page of that cloud names an action");
        assert_eq!(Policy::of(Provider::Ncp, &[Site::Public]), None);
    }
}
