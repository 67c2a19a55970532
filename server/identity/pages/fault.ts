import type { KoaContextWithOIDC } from "oidc-provider";
import type { Locale } from "../accounts.ts";
import { html, PAGE_HEADERS, page } from "./layout.ts";
import { chooseLocale, texts } from "./texts.ts";

/** What cannot go on, and the way back. Nothing of the request is repeated. */
export function plainPage(locale: Locale, title: string, text: string): string {
  return page({ locale, title, other: null, body: html`<p>${text}</p><p><a href="/">${texts(locale).home}</a></p>` });
}

/** Errors of the protocol that must not lead anywhere, such as an address that is not registered. */
export function faultPage(context: KoaContextWithOIDC): void {
  const t = texts(chooseLocale(context.get("accept-language")));
  const locale = chooseLocale(context.get("accept-language"));
  const [title, text] = context.status >= 500 ? [t.away, t.awayText] : [t.refused, t.refusedText];
  context.set(PAGE_HEADERS);
  context.body = plainPage(locale, title, text);
}
