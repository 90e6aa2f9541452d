//! An upstream that keeps what it hears, a client that writes exact bytes, and a proxy in this process between
//! them.
#![allow(dead_code, unused_imports, reason = "each of the two programs uses another part")]

mod answer;
mod nginx;
mod proxy;
mod vendor;
mod wire;
mod workerd;

use std::time::Duration;

pub use answer::Answer;
pub use nginx::Nginx;
pub use proxy::Proxy;
pub use vendor::{After, Reply, Vendor};
pub use wire::Wire;
pub use workerd::{Worker, Workerd};

pub const SES: &str = "/proxy/ncp_search_engine.public.KR/api/v2/cluster/getRollingUpgradeProgress";
pub const CDSS: &str = "/proxy/ncp_data_streaming.public.KR/api/v1/cluster/rollingRestartProgressCheck";
pub const CSS: &str = "/proxy/huawei_css.public.cn-north-4/v1.0/p1/clusters/c1/upgrade/detail";
pub const HOLO: &str = "/proxy/alibaba_hologres.public.cn-hangzhou/api/v1/instances/hgx-1/upgrade/status";

/// The headers without which no call to Hologres has a route; these are those of `HOLO`.
pub const HOLO_ACTION: &str = "X-Acs-Action: GetUpgradeStatus\r\nX-Acs-Version: 2022-06-01\r\n";

/// Waits until something is so, and not for ever.
pub async fn until(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting).await.expect("it becomes so");
}
