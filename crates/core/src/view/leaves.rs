//! What leaves this browser while a cluster is watched, and what the key has to be allowed for it.

use super::words::{Lang, Leaves};
use crate::model::{Provider, Site};
use crate::provider::{Call, Occasion, Policy};

/// What a person sees before the first call with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeavesView {
    /// "Asks through the proxy …".
    pub proxy: String,
    pub calls: Vec<CallRow>,
    /// What of the key goes along, and what does not.
    pub key: String,
    pub policy: PolicyView,
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    /// Method, path and host.
    pub what: String,
    /// How often, or on what occasion.
    pub when: String,
}

/// What the key has to be allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyView {
    pub about: String,
    /// The document, as the vendor's console takes it; empty where no names are published.
    pub text: String,
    /// What of it no page of the vendor confirms; empty for nothing.
    pub unconfirmed: String,
}

/// For an account whose clusters are at these sites.
pub fn leaves(lang: Lang, provider: Provider, sites: &[Site], calls: &[Call], proxy: &str) -> LeavesView {
    let row = |call: &Call| CallRow {
        what: lang.fill(Leaves::Call, &[&call.what, &call.host]),
        when: lang.say(occasion(call.occasion)).to_owned(),
    };
    LeavesView {
        proxy: lang.fill(Leaves::Proxy, &[proxy]),
        calls: calls.iter().map(row).collect(),
        key: lang.say(carried(provider)).to_owned(),
        policy: policy(lang, provider, sites),
    }
}

const fn occasion(occasion: Occasion) -> Leaves {
    match occasion {
        Occasion::Poll => Leaves::Poll,
        Occasion::Supplement => Leaves::Supplement,
        Occasion::Click => Leaves::Click,
    }
}

const fn carried(provider: Provider) -> Leaves {
    match provider {
        Provider::Ncp => Leaves::KeyNcp,
        Provider::Huawei => Leaves::KeyHuawei,
        Provider::Alibaba => Leaves::KeyAlibaba,
    }
}

fn policy(lang: Lang, provider: Provider, sites: &[Site]) -> PolicyView {
    let Some(Policy { text, unconfirmed, instead }) = Policy::of(provider, sites) else {
        let about = lang.say(Leaves::PolicyNcp).to_owned();
        return PolicyView { about, text: String::new(), unconfirmed: String::new() };
    };
    let unconfirmed = match unconfirmed.is_empty() {
        true => String::new(),
        false => lang.fill(Leaves::Unconfirmed, &[&unconfirmed.join(", "), instead]),
    };
    let about = match provider {
        Provider::Alibaba => Leaves::PolicyAlibaba,
        _ => Leaves::PolicyHuawei,
    };
    PolicyView { about: lang.say(about).to_owned(), text, unconfirmed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{Header, Method, Request};
    use crate::model::Timestamp;
    use crate::sign::{AccessKey, Credential, Secret, sign};

    #[test]
    fn what_goes_along_is_named_header_by_header() {
        for provider in Provider::ALL {
            let request = Request {
                endpoint: String::new(),
                host: "host.example".to_owned(),
                method: Method::Get,
                path: "/".to_owned(),
                query: String::new(),
                headers: vec![Header::new("x-acs-action", "A"), Header::new("x-acs-version", "1")],
                body: String::new(),
            };
            let key = Credential::Key(AccessKey {
                access_key_id: "an-id".to_owned(),
                secret: Secret::new("a-secret"),
                security_token: Some(Secret::new("a-token")),
            });
            let added = sign(provider, &request, &key, Timestamp::from_millis(0), "nonce");
            let told = leaves(Lang::En, provider, &[], &[], "https://proxy.example").key;
            let secret_ones = ["authorization", "signature-v2", "access-key", "security-token"];
            for header in
                added.iter().filter(|header| secret_ones.iter().any(|part| header.name.contains(part)))
            {
                assert!(told.contains(&header.name), "{} is not told: {told}", header.name);
            }
        }
    }

    #[test]
    fn a_policy_says_what_of_it_is_not_confirmed() {
        let told = |provider| leaves(Lang::En, provider, &[Site::Public], &[], "").policy;
        assert!(told(Provider::Ncp).text.is_empty() && !told(Provider::Ncp).about.is_empty());
        let holo = told(Provider::Alibaba);
        assert!(holo.text.contains("hologram:ListInstances"), "{}", holo.text);
        assert!(holo.unconfirmed.contains("hologram:GetUpgradeStatus"), "{}", holo.unconfirmed);
        assert!(holo.unconfirmed.contains("AliyunHologresReadOnlyAccess"), "{}", holo.unconfirmed);
        let otc = leaves(Lang::En, Provider::Huawei, &[Site::Otc], &[], "").policy;
        assert!(otc.unconfirmed.contains("css:cluster:listUpgradeCluster"), "{}", otc.unconfirmed);
    }
}
