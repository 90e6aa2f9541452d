//! The permission that each call needs, as its vendor names it.
//!
//! Sources: "Policy-Based Authorization" and "Actions Supported by Identity Policy-based Authorization" of
//! Huawei's Cloud Search Service, 2026-01-09; "ListInstances" and "GetInstance" of Hologres, 2026-09. NAVER
//! names the actions of Sub Account for neither service.

use super::{Purpose, Route};
use crate::model::{Provider, Service};

/// What a key has to be allowed for one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// A page of the vendor names this action for the call.
    Documented(&'static str),
    /// The vendor names its actions like this, and no page that we know confirms this one.
    Likely(&'static str),
    /// The vendor publishes no name.
    Unnamed,
    /// The call needs none.
    Open,
}

impl Grant {
    /// The vendor's name of the action.
    pub const fn action(self) -> Option<&'static str> {
        match self {
            Grant::Documented(action) | Grant::Likely(action) => Some(action),
            Grant::Unnamed | Grant::Open => None,
        }
    }
}

impl Route {
    /// The permission that this call needs.
    pub fn grant(&self) -> Grant {
        match (self.service, self.purpose) {
            (Service::HuaweiCss, Purpose::Service) => huawei_css(self.path),
            (Service::HuaweiCss, Purpose::Identity) => Grant::Likely("iam:projects:list"),
            (Service::AlibabaHologres, _) => hologres(self),
            // Whose a key is may be asked by every key.
            (service, Purpose::Identity) if service.provider() == Provider::Ncp => Grant::Open,
            _ => Grant::Unnamed,
        }
    }
}

fn huawei_css(path: &str) -> Grant {
    match path {
        "/v1.0/{id}/clusters/{id}/upgrade/detail" => Grant::Documented("css:cluster:listUpgradeCluster"),
        "/v1.0/{id}/clusters" => Grant::Documented("css:cluster:list"),
        "/v1.0/{id}/clusters/{id}" => Grant::Documented("css:cluster:get"),
        _ => Grant::Unnamed,
    }
}

/// The vendor's actions have the names of its calls.
fn hologres(route: &Route) -> Grant {
    let named = route.pinned_headers.iter().find(|(name, _)| *name == "x-acs-action");
    match named.map(|(_, action)| *action) {
        Some("ListInstances") => Grant::Documented("hologram:ListInstances"),
        Some("GetInstance") => Grant::Documented("hologram:GetInstance"),
        Some("GetUpgradeStatus") => Grant::Likely("hologram:GetUpgradeStatus"),
        _ => Grant::Unnamed,
    }
}

#[cfg(test)]
mod tests {
    use super::super::ROUTES;
    use super::*;

    #[test]
    fn every_call_of_a_vendor_that_names_actions_has_one() {
        for route in ROUTES {
            let names_actions = route.service.provider() != Provider::Ncp;
            assert_eq!(route.grant().action().is_some(), names_actions, "{}", route.path);
        }
    }
}
