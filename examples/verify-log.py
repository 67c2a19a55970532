#!/usr/bin/env python3
"""Checks the transparency log of a Madang hub without trusting the hub. Needs Python 3.9 and nothing else.

    verify-log.py KEY [--log URL] [--seen FILE] [PROOF ...]

KEY    the log's verifier key, or a file with it: noted down once from https://hub.example/log/key
--log  fetches the newest checkpoint below URL (https://hub.example/log) and checks its signature
--seen the checkpoint of the last visit, which the newest must continue; the newest is kept there
PROOF  files of c2sp.org/tlog-proof@v1, with {"entry"} or {"entry", "salt", "body"} in their `extra` line

Exit code 0: everything holds; 1: refused. Formats: RFC 6962, RFC 8032, C2SP signed-note and tlog-*.
"""
import argparse, base64, hashlib, json, os, re, sys, urllib.request

def check(holds, why):
    holds or sys.exit(f"REFUSED: {why}")

# --- Ed25519 (RFC 8032, section 5.1.7), slow and plain: nothing secret is computed here
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
def point(encoded):
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    check(y < P and (x * x - square) % P == 0 and (x or not sign), "no point of the curve")
    x = x if x & 1 == sign else P - x
    return (x, y, 1, x * y % P)
def add(one, two):
    a, b = (one[1] - one[0]) * (two[1] - two[0]), (one[1] + one[0]) * (two[1] + two[0])
    c, d = 2 * one[3] * two[3] * D, 2 * one[2] * two[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)
def times(count, one):
    result = (0, 1, 1, 0)
    while count:
        result, one, count = add(result, one) if count & 1 else result, add(one, one), count >> 1
    return result
def is_signed(public, message, signature):
    base, s = point((4 * pow(5, -1, P) % P).to_bytes(32, "little")), int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = times(s, base), add(point(signature[:32]), times(h, point(public)))
    return s < ORDER and all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))

# --- the Merkle tree (RFC 6962, section 2.1; RFC 9162, section 2.1.3.2)
sha = lambda data: hashlib.sha256(data).digest()

def root_of(leaf, at, size, path):
    last = size - 1
    for sibling in path:
        check(last > 0, "the proof is too long")
        if at & 1 or at == last:
            leaf = sha(b"\x01" + sibling + leaf)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            leaf = sha(b"\x01" + leaf + sibling)
        at, last = at >> 1, last >> 1
    check(last == 0, "the proof is too short")
    return leaf

# --- what the log serves: signed checkpoints, and tiles of 256 hashes
def open_checkpoint(note, key):
    name, number, encoded = key.strip().split("+", 2)
    public = base64.b64decode(encoded)[1:]
    check(len(public) == 32 and encoded == base64.b64encode(b"\x01" + public).decode(), "no Ed25519 verifier key")
    check(sha(f"{name}\n".encode() + b"\x01" + public)[:4].hex() == number, "the verifier key is misspelt")
    text, _, signatures = note.rpartition("\n\n")
    lines = [re.fullmatch("— (\\S+) (\\S+)", line) for line in signatures.splitlines()]
    found = [base64.b64decode(m[2]) for m in lines if m and m[1] == name]
    own = [one[4:] for one in found if one[:4].hex() == number and len(one) == 68]
    check(own and is_signed(public, f"{text}\n".encode(), own[0]), "the checkpoint is not signed by the log's key")
    origin, size, root = text.split("\n")[:3]
    check(origin == name and re.fullmatch("0|[1-9][0-9]*", size), "the checkpoint is another log's")
    return {"size": int(size), "root": base64.b64decode(root, validate=True), "note": note}

def check_consistency(old, new, log):
    """Computes both roots from the same hashes: the new tree begins with the entries of the old one."""
    check(old["size"] <= new["size"], "the log is shorter than what was seen before: it was put back, or forked")
    tiles = {}
    half = lambda start, end: start + (1 << (end - start - 1).bit_length() - 1)
    def node(start, end):
        level = (end - start).bit_length() - 1
        if end - start != 1 << level or level % 8:
            return sha(b"\x01" + node(start, half(start, end)) + node(half(start, end), end))
        index, place = divmod(start >> level, 256)
        width = min(256, (new["size"] >> level) - 256 * index)
        name = re.sub(r"(...)(?=.)", r"x\1/", f"{index:0{-(-len(str(index)) // 3) * 3}}")
        path = f"tile/{level // 8}/{name}" + (f".p/{width}" if width < 256 else "")
        tiles[path] = tiles.get(path) or fetch(log, path)
        return tiles[path][32 * place : 32 * place + 32]
    def roots(start, end):
        if end <= old["size"]:
            return [node(start, end)] * 2
        middle = half(start, end)
        if old["size"] <= middle:
            before, now = roots(start, middle)
            return [before, sha(b"\x01" + now + node(middle, end))]
        left = node(start, middle)
        return [sha(b"\x01" + left + right) for right in roots(middle, end)]
    found = roots(0, new["size"]) if old["size"] else [old["root"], new["root"]]
    check(found == [old["root"], new["root"]], "the log does not begin with what was seen before: it was forked")

def fetch(log, path):
    with urllib.request.urlopen(f"{log.rstrip('/')}/{path}", timeout=30) as answer:
        return answer.read(10_000_000)

def check_proof(text, key):
    head, _, note = text.partition("\n\n")
    lines = head.split("\n")
    check(lines[0] == "c2sp.org/tlog-proof@v1" and lines[1].startswith("extra "), "no proof with what it proves")
    extra, index = json.loads(base64.b64decode(lines[1][6:])), re.fullmatch("index (0|[1-9][0-9]*)", lines[2])
    checkpoint, path = open_checkpoint(note, key), [base64.b64decode(line, validate=True) for line in lines[3:]]
    at = int(index[1]) if index else checkpoint["size"]
    check(at < checkpoint["size"], "no such entry")
    leaf = sha(b"\0" + extra["entry"].encode())
    check(root_of(leaf, at, checkpoint["size"], path) == checkpoint["root"], "the entry is not in the log")
    entry = json.loads(extra["entry"])
    if "body" in extra:
        commitment = sha(bytes.fromhex(extra["salt"]) + extra["body"].encode()).hex()
        check(commitment == entry["leaf"].get("sha256"), "salt and body are not what was committed to")
    return checkpoint, f"entry {at} {json.dumps(entry)} {json.dumps(extra['body']) if 'body' in extra else ''}"

def main(arguments):
    read = lambda path: open(path, encoding="utf-8", newline="").read()
    key = read(arguments.key) if os.path.exists(arguments.key) else arguments.key
    known = [open_checkpoint(read(arguments.seen), key)] if arguments.seen and os.path.exists(arguments.seen) else []
    for path in arguments.proof:
        checkpoint, told = check_proof(read(path), key)
        known.append(checkpoint)
        print(f"proved: {path}, {told}")
    if arguments.log:
        newest = open_checkpoint(fetch(arguments.log, "checkpoint").decode(), key)
        for checkpoint in known:
            check_consistency(checkpoint, newest, arguments.log)
        print(f"consistent: {newest['size']} entries, {len(known)} earlier checkpoints")
        if arguments.seen:
            open(arguments.seen, "w", encoding="utf-8", newline="").write(newest["note"])

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, count in (("key", None), ("--log", None), ("--seen", None), ("proof", "*")):
        parser.add_argument(name, nargs=count)
    try:
        main(parser.parse_intermixed_args())
    except (ValueError, LookupError, TypeError, AttributeError, OSError) as fault:
        sys.exit(f"REFUSED: {fault!r}")
