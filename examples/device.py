#!/usr/bin/env python3
"""A device in Python: signs a batch and posts it to the hub. Needs `cryptography`; the rest is the standard library.

    npm run device -- add --id my-pole --city sangmu --feed sangmu-people --kind SMART_POLE > my-pole.json
    python3 examples/device.py my-pole.json

The wire format is described in docs/wire.md.
"""

import argparse
import base64
import hashlib
import json
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import load_pem_private_key

CONTENT_TYPE = "application/json"


def arguments():
    parser = argparse.ArgumentParser(description="Posts a heartbeat and a few readings to a Madang hub.")
    parser.add_argument("file", help="what `npm run device -- add` printed")
    parser.add_argument("--persons", type=int, default=5, help="tracks to send (default 5)")
    parser.add_argument("--longitude", type=float, default=126.850825)
    parser.add_argument("--latitude", type=float, default=35.150775)
    parser.add_argument("--model", default="sangmu-tracker-1.4.0", help="a registered model version")
    return parser.parse_args()


def instant(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def base64_text(data):
    return base64.b64encode(data).decode()


def batch(device, options):
    """A heartbeat, and persons who were seen for ten seconds a minute ago."""
    now = datetime.now(timezone.utc)
    sequence = time.time_ns() // 1_000_000  # new and higher for every batch
    seen = now - timedelta(minutes=1)
    tracks = [
        {
            "type": "track",
            "subject": {"kind": "track", "id": f"{sequence}-{number}"},
            "class": "PERSON",
            "behaviour": "MOVE",
            "from": instant(seen),
            "to": instant(seen + timedelta(seconds=10)),
            "longitude": options.longitude,
            "latitude": options.latitude,
            "confidence": 90,
            "model": options.model,
        }
        for number in range(options.persons)
    ]
    return {
        "schema": "madang.edge.v1",
        "feed": device["feed"],
        "device": device["id"],
        "sequence": sequence,
        "time": instant(now),
        "readings": [{"type": "heartbeat", "at": instant(now)}, *tracks],
    }


def signed_headers(device, path, body):
    """RFC 9421 over method, path, content type and the body's digest (RFC 9530)."""
    digest = f"sha-256=:{base64_text(hashlib.sha256(body).digest())}:"
    covered = '("@method" "@path" "content-type" "content-digest")'
    parameters = f'{covered};created={int(time.time())};keyid="{device["keyId"]}";alg="ed25519"'
    lines = [
        '"@method": POST',
        f'"@path": {path}',
        f'"content-type": {CONTENT_TYPE}',
        f'"content-digest": {digest}',
        f'"@signature-params": {parameters}',
    ]
    key = load_pem_private_key(device["privateKeyPem"].encode(), password=None)
    signature = key.sign("\n".join(lines).encode())
    return {
        "Content-Type": CONTENT_TYPE,
        "Content-Digest": digest,
        "Signature-Input": f"sig={parameters}",
        "Signature": f"sig=:{base64_text(signature)}:",
    }


def post(device, body):
    """The same bytes again until they are acknowledged or refused for good: a repetition is harmless."""
    path = urlsplit(device["address"]).path
    for attempt in range(6):
        request = urllib.request.Request(device["address"], body, signed_headers(device, path, body))
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (429, 500, 502, 503, 504):
                return refusal.code, refusal.read().decode()
            time.sleep(float(refusal.headers.get("Retry-After", 2**attempt)))
        except OSError:
            time.sleep(2**attempt)
    return 503, "the hub cannot be reached"


if __name__ == "__main__":
    options = arguments()
    with open(options.file, encoding="utf-8") as file:
        credentials = json.load(file)
    status, answer = post(credentials, json.dumps(batch(credentials, options)).encode())
    print(answer, file=sys.stdout if status == 202 else sys.stderr)
    sys.exit(0 if status == 202 else 1)
