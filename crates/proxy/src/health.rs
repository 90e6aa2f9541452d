//! The question whether a running proxy is well, for those who have nothing but this program: the health check of
//! a container.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// A proxy that needs longer is not well.
const ANSWER_FOR: Duration = Duration::from_secs(5);

const QUESTION: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// Asks the proxy that listens at this address of this machine, over TLS where it speaks nothing else.
///
/// # Errors
/// When it does not say within five seconds that it is well: a sentence that says what it did.
pub async fn ask(listen: SocketAddr) -> Result<(), String> {
    let at = reachable(listen);
    let asking = async {
        let plain = converse(TcpStream::connect(at).await?).await;
        // What answers a plain question with anything but HTTP may speak TLS.
        match plain {
            Ok(answer) if answer.starts_with(b"HTTP/") => Ok(answer),
            _ => converse(greet(TcpStream::connect(at).await?).await?).await,
        }
    };
    match timeout(ANSWER_FOR, asking).await {
        Ok(Ok(answer)) if answer.starts_with(b"HTTP/1.1 200 ") => Ok(()),
        Ok(Ok(_)) => Err(format!("What answers at {at} is no proxy that is well.")),
        Ok(Err(error)) => Err(format!("The proxy at {at} cannot be asked: {error}.")),
        Err(_) => Err(format!("The proxy at {at} does not answer within {} s.", ANSWER_FOR.as_secs())),
    }
}

/// Who listens at every address is reached at that of the machine itself.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(any) if any.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(any) if any.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

async fn converse(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> std::io::Result<Vec<u8>> {
    stream.write_all(QUESTION).await?;
    let mut beginning = [0; 13];
    stream.read_exact(&mut beginning).await?;
    Ok(beginning.to_vec())
}

async fn greet(stream: TcpStream) -> std::io::Result<impl AsyncRead + AsyncWrite + Unpin> {
    let provider = ring::default_provider();
    let anyone = Anyone(provider.signature_verification_algorithms.supported_schemes());
    let config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .map_err(std::io::Error::other)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(anyone))
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").map_err(std::io::Error::other)?;
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

/// Takes every certificate, and so every signature: whoever shows one of their own can sign with its key. The
/// question goes to this machine, holds nothing secret and is about whether anybody answers; whether the certificate
/// is a good one for some name is for those to judge who come by that name.
#[derive(Debug)]
struct Anyone(Vec<SignatureScheme>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.clone()
    }
}
