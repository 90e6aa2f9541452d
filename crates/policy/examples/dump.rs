use rollwatch_policy::nginx::*;
use rollwatch_policy::*;
fn main() {
    let mut args = std::env::args().skip(1);
    let at = args.next().unwrap().parse().unwrap();
    let up = args.next().unwrap();
    let rules = Rules {
        catalogue: rollwatch_core::provider::Catalogue::built_in(),
        allowed_origins: vec!["https://watch.example".to_owned()],
        allowed_hosts: ["localhost", "127.0.0.1", "[::1]", "rollwatch.example"].map(str::to_owned).to_vec(),
        connect_src: Vec::new(),
        request_bytes: REQUEST_BYTES,
    };
    let upstream = match up.parse() {
        Ok(a) => Upstream::Fixed(a),
        Err(_) => Upstream::Vendors {
            resolver: "127.0.0.53".into(),
            ipv6: false,
            authorities: "/etc/ssl/certs/ca-certificates.crt".into(),
        },
    };
    let n = Nginx {
        listen: at,
        certificate: None,
        upstream,
        access_log: "access.log".into(),
        client: Budget::CLIENT,
        host: Budget::HOST,
        times: Times::default(),
    };
    print!("{}", configuration(&rules, &n).unwrap());
}
