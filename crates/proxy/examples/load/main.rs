//! What `cargo xtask bench proxy` does to a proxy beside what wrk can: many connections that are held open, hostile
//! clients, and a vendor that is at its worst. Each writes one JSON document to its standard output.
//!
//! - `load idle ADDRESS N TARGET` opens N connections, makes one call on each and keeps them until its input ends.
//! - `load busy ADDRESS N SECONDS TARGET` makes calls on N connections, one after the other on each.
//! - `load hostile ADDRESS VENDOR` attacks a proxy whose vendors are played by `load vendor VENDOR`.
//! - `load certificate FOLDER NAME…` writes a certificate for these names that vouches for itself, and its key.

mod call;
mod elsewhere;
mod hostile;
mod many;
mod vendor;

use std::net::SocketAddr;
use std::path::Path;

use rcgen::generate_simple_self_signed;
use serde_json::{Value, json};

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    open_many_files();
    let given: Vec<String> = std::env::args().skip(1).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let told = match *given {
        ["idle", at, count, target] => many::idle(at.parse()?, count.parse()?, target).await?,
        ["busy", at, count, seconds, target] => {
            many::busy(at.parse()?, count.parse()?, seconds.parse()?, target).await?
        }
        ["hostile", at, vendor] => hostile::attack(at.parse()?, vendor.parse()?).await?,
        ["certificate", folder, ref names @ ..] => certificate(Path::new(folder), names)?,
        ["vendor", at] => return vendor::play(at.parse::<SocketAddr>()?).await,
        _ => return Err("load idle|busy|hostile|vendor|certificate …: see the head of its source".into()),
    };
    #[allow(clippy::print_stdout, reason = "the measuring program reads it there")]
    {
        println!("{told}");
    }
    Ok(())
}

/// As many as the process may have.
#[cfg(unix)]
fn open_many_files() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // Where that is refused, fewer connections are opened, and that is told.
    let _ = setrlimit(Resource::Nofile, limit);
}

#[cfg(not(unix))]
fn open_many_files() {}

fn certificate(folder: &Path, names: &[&str]) -> Result<Value, Failure> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let pair = generate_simple_self_signed(names.clone())?;
    std::fs::write(folder.join("cert.pem"), pair.cert.pem())?;
    std::fs::write(folder.join("key.pem"), pair.signing_key.serialize_pem())?;
    Ok(json!({ "names": names }))
}
