//! TLS towards the page: a certificate and its key out of two files, which may be read again while the proxy runs.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rustls::pki_types::pem::{Error as Pem, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{Error, ServerConfig};
use tokio_rustls::TlsAcceptor;

/// What a PEM file of a key says when it can only be read with a password.
const ENCRYPTED: &str = "ENCRYPTED";

/// The proxy's certificate and key; a clone is the same ones.
#[derive(Clone)]
pub struct Tls {
    cert: PathBuf,
    key: PathBuf,
    config: Arc<RwLock<Arc<ServerConfig>>>,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("cert", &self.cert).field("key", &self.key).finish_non_exhaustive()
    }
}

impl Tls {
    /// Reads a chain of certificates, the proxy's own first, and the key of that one: both PEM files.
    ///
    /// # Errors
    /// When a file cannot be read or used: a sentence that names the file and says what to do.
    pub fn read(cert: &Path, key: &Path) -> Result<Self, String> {
        let config = Arc::new(RwLock::new(config(cert, key)?));
        Ok(Tls { cert: cert.to_owned(), key: key.to_owned(), config })
    }

    /// Reads both files again; connections from now on get what they hold.
    ///
    /// # Errors
    /// As [`Tls::read`]; what was read before then stays.
    pub fn read_again(&self) -> Result<(), String> {
        let config = config(&self.cert, &self.key)?;
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = config;
        Ok(())
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        Arc::clone(&self.config.read().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

fn config(cert: &Path, key: &Path) -> Result<Arc<ServerConfig>, String> {
    let chain = chain(cert)?;
    let own = own_key(key)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("TLS cannot be used here: {error}."))?
        .with_no_client_auth()
        .with_single_cert(chain, own)
        .map_err(|error| misfit(cert, key, &error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn chain(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let text = text(file, "--tls-cert")?;
    let read: Result<Vec<_>, Pem> = CertificateDer::pem_slice_iter(&text).collect();
    read.ok().filter(|chain| !chain.is_empty()).ok_or_else(|| {
        format!(
            "{} holds no certificate: --tls-cert needs a PEM file with lines of BEGIN CERTIFICATE, the \
             certificate of this proxy first and those that signed it after it.",
            file.display()
        )
    })
}

fn own_key(file: &Path) -> Result<PrivateKeyDer<'static>, String> {
    let text = text(file, "--tls-key")?;
    if text.windows(ENCRYPTED.len()).any(|part| part == ENCRYPTED.as_bytes()) {
        return Err(format!(
            "The key in {} needs a password, and nobody is there to type it when the proxy starts: write it \
             without one (`openssl pkey -in FILE -out NEW`) into a file that only the proxy's user can read.",
            file.display()
        ));
    }
    PrivateKeyDer::from_pem_slice(&text).map_err(|_| {
        format!(
            "{} holds no private key: --tls-key needs a PEM file with a line of BEGIN PRIVATE KEY.",
            file.display()
        )
    })
}

fn text(file: &Path, option: &str) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|error| {
        format!("{} cannot be read ({error}): name a file that can be with {option}.", file.display())
    })
}

/// Certificate and key were read, but cannot be used together.
fn misfit(cert: &Path, key: &Path, error: &Error) -> String {
    let (cert, key) = (cert.display(), key.display());
    match error {
        Error::InconsistentKeys(_) => {
            format!("The key in {key} does not belong to the first certificate in {cert}: name the pair.")
        }
        Error::InvalidCertificate(_) => {
            format!("The first certificate in {cert} cannot be understood ({error}): have it issued again.")
        }
        _ => format!("The key in {key} cannot be used ({error}): use one for ECDSA, Ed25519 or RSA."),
    }
}
