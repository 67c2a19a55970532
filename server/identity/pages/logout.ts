import type { KoaContextWithOIDC } from "oidc-provider";
import { plainPage } from "./fault.ts";
import { type Html, html, PAGE_HEADERS, page } from "./layout.ts";
import { chooseLocale, texts } from "./texts.ts";

/** Ends the session at once for a client that proves whose it is; asks first when somebody merely led here. */
export function logoutPage(context: KoaContextWithOIDC, form: string): void {
  const locale = chooseLocale(context.get("accept-language"));
  const t = texts(locale);
  const proven = context.oidc.entities.IdTokenHint !== undefined;
  // The form is the provider's own, with its token against forged requests.
  const fields: Html = {
    html: form.replace("</form>", '<input type="hidden" name="logout" value="yes"><button type="submit">'),
  };
  context.set(PAGE_HEADERS);
  context.body = page({
    locale,
    title: proven ? t.signingOut : t.signOut,
    other: null,
    body: html`${!proven && html`<p class="intro">${t.signOutAsk}</p>`}${fields}${t.signOut}</button></form>
${!proven && html`<p class="aside"><a href="/">${t.stay}</a></p>`}`,
    ...(proven && { script: "submit.js" as const }),
  });
}

export function signedOutPage(context: KoaContextWithOIDC): void {
  const locale = chooseLocale(context.get("accept-language"));
  context.set(PAGE_HEADERS);
  context.body = plainPage(locale, texts(locale).signedOut, "");
}
