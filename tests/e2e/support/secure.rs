//! A host over TLS, under a public name: the page that it gives is encrypted and not of this machine.

use std::fs;

use rcgen::generate_simple_self_signed;
use rollwatch_proxy::Tls;

use super::browser::NAME;
use super::folder::Folder;

/// A certificate that vouches for itself.
pub fn tls() -> Tls {
    let made = generate_simple_self_signed([NAME.to_owned()]).expect("a certificate");
    let folder = Folder::new("tls");
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    fs::write(&cert, made.cert.pem()).expect("the folder can be written");
    fs::write(&key, made.signing_key.serialize_pem()).expect("the folder can be written");
    Tls::read(&cert, &key).expect("a pair")
}
