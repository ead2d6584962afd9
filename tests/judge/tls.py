#!/usr/bin/env python3
"""testssl.sh before the lines of a running installation.

    tls.py NAME=PORT…      every line that listens on 127.0.0.1

A line speaks TLS 1.3 and nothing older, and demands a certificate of whoever calls. Findings of testssl.sh from MEDIUM up
are wrong, but for those in EXCEPTED, each with its reason.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

GRAVE = {"MEDIUM", "HIGH", "CRITICAL"}

# By the id that testssl.sh gives a finding.
EXCEPTED = {
    "cert_chain_of_trust": "a line has a certificate authority of its own, which no browser knows; peers are given it",
    "cert_trust": "the names on a line are its members', not this machine's; gRPC compares the configured name",
    "cert_revocation": "a line's certificates are short-lived and its allow-list names the peers; there is no CRL",
    "cert_crlDistributionPoints": "as cert_revocation",
    "cert_ocspURL": "as cert_revocation",
    "cert_caIssuers": "the peer has the authority's certificate from the ceremony",
    "cert_expirationStatus": "testssl.sh warns long before; the status page of each place warns of its own",
    "DNS_CAArecord": "a closed line has no public names",
    "overall_grade": "a sum of what stands above",
    "grade_cap_reason_1": "as overall_grade",
    "grade_cap_reason_2": "as overall_grade",
}


def findings_of(port, folder):
    out = folder / f"{port}.json"
    # 245: as many findings; the file is what counts.
    subprocess.run(["testssl", "--quiet", "--color", "0", "--warnings", "off", "--openssl-timeout", "10", "--connect-timeout", "10",
                    "--ip", "127.0.0.1", "-p", "-s", "-f", "-P", "-S", "-U", "--jsonfile", str(out), f"127.0.0.1:{port}"],
                   capture_output=True, timeout=900, check=False, stdin=subprocess.DEVNULL)
    return json.loads(out.read_text())


def wrong_in(findings):
    by_id = {finding["id"]: finding for finding in findings}
    wrong = [f"{f['id']}: {f['severity']}: {f['finding']}" for f in findings if f["severity"] in GRAVE and f["id"] not in EXCEPTED]
    for version in ["SSLv2", "SSLv3", "TLS1", "TLS1_1", "TLS1_2"]:
        if "not offered" not in by_id.get(version, {}).get("finding", ""):
            wrong.append(f"{version}: {by_id.get(version, {}).get('finding', 'testssl.sh says nothing')}")
    if "offered" not in by_id.get("TLS1_3", {}).get("finding", "not"):
        wrong.append("TLS1_3: not offered")
    return wrong


def demands_certificate(port):
    """openssl's own words: a server that asks for a certificate lists whose it takes, and ends the connection without one (gRPC
    says nothing before it does)."""
    ran = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-tls1_3", "-alpn", "h2", "-ign_eof"], input="", text=True,
                         capture_output=True, timeout=60, check=False)
    said = ran.stdout + ran.stderr
    return "Acceptable client certificate CA names" in said and ("certificate required" in said or "unexpected eof" in said)


def main(lines):
    bad = 0
    with tempfile.TemporaryDirectory(prefix="madoguchi-judge-") as folder:
        for line in lines:
            name, port = line.split("=")
            wrong = wrong_in(findings_of(int(port), Path(folder)))
            if not demands_certificate(int(port)):
                wrong.append("no certificate of the caller is demanded")
            for sentence in wrong:
                print(f"  {name}: {sentence}")
            bad += bool(wrong)
    print(f"tls: {len(lines)} lines, TLS 1.3 alone with a certificate demanded; {bad} wrong")
    return 1 if bad or not lines else 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or "=" not in sys.argv[1]:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
