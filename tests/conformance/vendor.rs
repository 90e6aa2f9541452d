//! One region of one vendor, behind a socket of its own.

use rollwatch_core::model::Timestamp;
use rollwatch_sim::{
    Account, Clouds, Cluster, Pass, SimClock, TEMPORARY, Temporary, account_of, clusters, vendor_router,
};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;

pub struct Vendor {
    pub clouds: Arc<Clouds>,
    /// Where it listens: a scheme, a loopback address and a port.
    pub url: String,
    pub cluster: &'static Cluster,
}

impl Vendor {
    /// The region in which the cluster of this name lives. Its clock shows the real time, as the clients' do.
    pub async fn with(cluster: &str) -> Self {
        let cluster = clusters().find(|known| known.name == cluster).expect("a cluster of the fleet");
        let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970");
        let now = Timestamp::from_millis(since.as_millis().try_into().expect("a time of this age"));
        let clouds = Arc::new(Clouds::new(1, SimClock::new(now, 1.0)));
        let router = vendor_router(Arc::clone(&clouds), cluster.service, cluster.site, cluster.region);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        Vendor { clouds, url: format!("http://{address}"), cluster }
    }

    /// The long-lived key to which the cluster belongs.
    pub fn key(&self) -> Key {
        Key::of(account_of(self.cluster).expect("an owner"))
    }

    /// A temporary key of the same account.
    pub fn temporary_key(&self) -> Key {
        let owner = account_of(self.cluster).expect("an owner");
        let mut keys =
            TEMPORARY.iter().filter(|temporary| temporary.account == owner.name).filter_map(Key::ending);
        keys.next().expect("a temporary key of the account")
    }
}

/// What a client signs with.
#[derive(Clone)]
pub struct Key {
    pub id: String,
    pub secret: String,
    pub token: Option<String>,
}

impl Key {
    fn of(account: &Account) -> Self {
        Key { id: account.access_key_id.to_owned(), secret: account.secret.to_owned(), token: None }
    }

    fn ending(temporary: &Temporary) -> Option<Self> {
        let Pass::Key { access_key_id, secret, security_token } = temporary.pass else { return None };
        Some(Key {
            id: access_key_id.to_owned(),
            secret: secret.to_owned(),
            token: security_token.map(str::to_owned),
        })
    }

    pub fn with_secret(self, secret: &str) -> Self {
        Key { secret: secret.to_owned(), ..self }
    }
}
