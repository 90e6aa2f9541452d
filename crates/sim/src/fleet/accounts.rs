//! Whose the clusters are, and what opens them. Every secret here is invented.

use super::{Account, Pass, Temporary};
use rollwatch_core::model::Site::{Fin, Gov, Otc, Public};
use rollwatch_core::model::{Provider, Site, Span};

const fn account(
    name: &'static str,
    provider: Provider,
    site: Site,
    access_key_id: &'static str,
    secret: &'static str,
) -> Account {
    Account { name, provider, site, access_key_id, secret }
}

/// The accounts of the demo, one for each site that clusters are in.
pub const ACCOUNTS: [Account; 6] = [
    account("demo-ncp", Provider::Ncp, Public, "DEMO-NCP-KEY", "demo-ncp-secret-not-a-real-key"),
    account("demo-ncp-gov", Provider::Ncp, Gov, "DEMO-NCP-GOV-KEY", "demo-ncp-gov-secret-not-a-real-key"),
    account("demo-ncp-fin", Provider::Ncp, Fin, "DEMO-NCP-FIN-KEY", "demo-ncp-fin-secret-not-a-real-key"),
    account("demo-huawei", Provider::Huawei, Public, "DEMO-HUAWEI-KEY", "demo-huawei-secret-not-a-real-key"),
    account("demo-otc", Provider::Huawei, Otc, "DEMO-OTC-KEY", "demo-otc-secret-not-a-real-key"),
    account(
        "demo-alibaba",
        Provider::Alibaba,
        Public,
        "DEMO-ALIBABA-KEY",
        "demo-alibaba-secret-not-a-real-key",
    ),
];

/// How long after the start of a simulation its temporary credentials are taken.
const LASTS_FOR: Span = Span::hours(12);

const fn temporary(account: &'static str, provider: Provider, site: Site, pass: Pass) -> Temporary {
    Temporary { account, provider, site, pass, lasts_for: LASTS_FOR }
}

const fn key(
    access_key_id: &'static str,
    secret: &'static str,
    security_token: Option<&'static str>,
) -> Pass {
    Pass::Key { access_key_id, secret, security_token }
}

/// Temporary credentials of every kind that the vendors give out.
pub const TEMPORARY: [Temporary; 5] = [
    // NAVER's carry no token.
    temporary(
        "demo-ncp",
        Provider::Ncp,
        Public,
        key("ncp_iam_DEMOTEMPORARYKEY", "demo-ncp-sts-secret-not-a-real-key", None),
    ),
    temporary(
        "demo-huawei",
        Provider::Huawei,
        Public,
        key(
            "DEMO-HUAWEI-TEMPORARY-KEY",
            "demo-huawei-temporary-secret-not-a-real-key",
            Some("demo-huawei/security+token==not-a-real-key"),
        ),
    ),
    temporary(
        "demo-huawei",
        Provider::Huawei,
        Public,
        Pass::AuthToken("demo-huawei-auth-token-not-a-real-key"),
    ),
    temporary("demo-otc", Provider::Huawei, Otc, Pass::AuthToken("demo-otc-auth-token-not-a-real-key")),
    temporary(
        "demo-alibaba",
        Provider::Alibaba,
        Public,
        key(
            "STS.DEMOALIBABATEMPORARY",
            "demo-alibaba-sts-secret-not-a-real-key",
            Some("demo-alibaba/sts+token==not-a-real-key"),
        ),
    ),
];
