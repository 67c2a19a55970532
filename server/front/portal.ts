import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { HubError } from "../../core/errors.ts";
import { allow, hasVersion, SECURITY, send, takesGzip } from "./answer.ts";

type File = { body: Buffer; gzip: Buffer | null; type: string; etag: string; immutable: boolean };

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".geojson": "application/geo+json",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
const COMPRESSED = new Set([".ico", ".png", ".woff2"]);

/**
 * Serves the built portal from memory. Hashed files are immutable; the others are asked for again each time. A path
 * without an extension is a page of the app and gets `index.html`.
 * @param folder what Vite wrote; when it is missing every page is NOT_FOUND
 * @param connects origins that its scripts may ask beside the hub's own
 */
export function servePortal(folder: string, connects: readonly string[] = []) {
  const files = readFiles(folder);
  const policy = SECURITY["content-security-policy"]?.replace(
    "connect-src 'self'",
    ["connect-src 'self'", ...connects].join(" "),
  );
  return (request: IncomingMessage, response: ServerResponse, path: string): void => {
    allow(request, response, "GET", "HEAD");
    const file = files.get(path) ?? (extname(path) === "" ? files.get("/index.html") : undefined);
    if (file === undefined) throw new HubError("NOT_FOUND", "There is nothing at this address.");
    const headers = {
      "cache-control": file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
      "content-type": file.type,
      etag: file.etag,
      "content-security-policy": policy,
      ...(file.gzip !== null && { vary: "accept-encoding" }),
    };
    if (hasVersion(request, file.etag)) {
      response.writeHead(304, { ...SECURITY, ...headers }).end();
      return;
    }
    const zipped = file.gzip !== null && takesGzip(request);
    send(
      request,
      response,
      200,
      { ...headers, ...(zipped && { "content-encoding": "gzip" }) },
      zipped && file.gzip ? file.gzip : file.body,
    );
  };
}

function readFiles(folder: string): Map<string, File> {
  const files = new Map<string, File>();
  const walk = (below: string): void => {
    for (const name of readdirSync(join(folder, below))) {
      const path = `${below}/${name}`;
      if (statSync(join(folder, path)).isDirectory()) walk(path);
      else files.set(path, readFile(join(folder, path), path));
    }
  };
  try {
    walk("");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return files;
}

function readFile(place: string, path: string): File {
  const extension = extname(path);
  const body = readFileSync(place);
  const small = COMPRESSED.has(extension) || body.length < 512 ? null : gzipSync(body);
  return {
    body,
    gzip: small !== null && small.length < body.length ? small : null,
    type: TYPES[extension] ?? "application/octet-stream",
    etag: `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    immutable: path.startsWith("/assets/"),
  };
}
