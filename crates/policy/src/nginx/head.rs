//! What the file says of itself.

/// What stands at the beginning of the file, for whoever opens it.
const HEAD: &str = "\
# Rollwatch's CORS proxy for nginx 1.22 or newer, written by `cargo xtask proxy --for nginx`.
#
# Include this file in the http block. Do not change it: write it anew, and reload nginx.
#
# It forwards the read-only calls of Rollwatch's catalogue and nothing else, and answers everything else itself.
# Behind another front, let nginx know the clients' addresses with set_real_ip_from and real_ip_header, or all of
# them share one budget.
#
# nginx's error log repeats addresses of calls, which hold ids of clusters, so nothing of a request is written
# there. The access log has one line of JSON for each request, without ids and addresses: status and reason say
# what went wrong.
#
# What Rollwatch's own proxy does and nginx cannot:
# - Bound an answer's size as a whole, and its time: the times here are those between two reads, so a vendor that
#   sends a byte every nine seconds is listened to. Likewise for the body of a request, of which 64 KiB may come
#   as slowly as a byte every four seconds.
# - Tell the page what went wrong once an answer has begun: it only breaks off.
# - Judge the address behind a vendor's name. A name that points into a private network gets a TLS handshake
#   there, which fails without the vendor's certificate, before anything of the call is sent.
# - Let only listed headers of an answer pass: what a browser or a front would obey is hidden by name, and any
#   other header passes.
# - Share places by how many are free: one client may take half of those at a host, and a host half of a client's.
#   So two busy clients leave a third none at that host, and two dead hosts leave a client none for others. Nor
#   does an answer say which limit was reached; the log tells calls at once from those of a minute. A place is taken
#   before the body is read.
# - See that a header comes twice, before version 1.23: the first counts, and it alone goes to the vendor.
# - Judge a request that it cannot read by anything else: it is malformed, whoever sends it and wherever it goes.
# - Leave out its own Server header, and keep back what a vendor answers that is no HTTP: it is passed as it is.
#   A vendor that answers 101 to a client which asked for an upgrade gets a connection of bytes to that client.
# - Try a second address of a vendor, or keep connections to it: each call costs a TLS session.
# - Count calls for Prometheus.
";

pub(super) fn written() -> String {
    HEAD.to_owned()
}
