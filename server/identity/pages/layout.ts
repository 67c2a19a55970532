import type { ServerResponse } from "node:http";
import type { Locale } from "../accounts.ts";
import { ASSETS } from "../paths.ts";
import { texts } from "./texts.ts";

/** Text that was made safe to stand in a page. */
export type Html = { readonly html: string };

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const safe = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);

type Part = Html | string | number | null | false | readonly Html[];

/** A piece of a page: whatever is put in is escaped, unless it is such a piece itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const show = (part: Part): string => {
    if (part === null || part === false) return "";
    if (typeof part === "object") return Array.isArray(part) ? part.map(show).join("") : (part as Html).html;
    return safe(String(part));
  };
  return {
    html: strings.map((text, index) => `${text}${index < parts.length ? show(parts[index] ?? "") : ""}`).join(""),
  };
}

/** Nothing inline, nothing from elsewhere; the scripts are two small files of ours. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** Headers of every page. The referrer stays within the origin: with `no-referrer` a browser would hide the Origin of forms. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

export type Page = {
  locale: Locale;
  title: string;
  body: Html;
  /** Address of this page in the other language, or null. */
  other: string | null;
  script?: "submit.js";
};

export function page({ locale, title, body, other, script }: Page): string {
  const t = texts(locale);
  const content = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${locale === "ko" ? "마당" : "Madang"}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<script src="${ASSETS}theme.js"></script>
<link rel="stylesheet" href="${ASSETS}identity.css">
${script !== undefined && html`<script src="${ASSETS}${script}" defer></script>`}
</head>
<body>
<header>
<a class="brand" href="/"><svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true"><path d="M4 4h24v24H4z"/><circle cx="16" cy="16" r="5.5"/></svg>${locale === "ko" ? "마당" : "Madang"}</a>
${other !== null && html`<a class="language" href="${other}" lang="${locale === "ko" ? "en" : "ko"}">${t.other}</a>`}
</header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
  return content.html;
}

export function sendPage(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...PAGE_HEADERS, "content-length": Buffer.byteLength(text) }).end(text);
}
