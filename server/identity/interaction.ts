import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Provider } from "oidc-provider";
import { type Accounts, canonicalEmail, isEmail, type Locale } from "./accounts.ts";
import { plainPage } from "./pages/fault.ts";
import { type FormPage, type RegistrationFaults, registrationPage, signInPage } from "./pages/forms.ts";
import { sendPage } from "./pages/layout.ts";
import { chooseLocale, texts } from "./pages/texts.ts";
import { passwordFault } from "./password.ts";
import { ACTIONS } from "./paths.ts";
import type { Seal } from "./seal.ts";
import type { Throttle } from "./throttle.ts";

export type InteractionParts = {
  provider: () => Provider;
  accounts: Accounts;
  throttle: Throttle;
  seal: Seal;
  origin: string;
};

type Step = {
  parts: InteractionParts;
  request: IncomingMessage;
  response: ServerResponse;
  form: FormPage;
  /** Of a POST; empty for a GET. */
  given: URLSearchParams;
  address: string;
  finish(accountId: string): Promise<void>;
};

const PATH = new RegExp(`^${ACTIONS}([\\w-]{20,64})(/registration)?$`);

/** Sign-in and registration: the pages of one interaction, whose uid only this browser's cookie knows. */
export async function serveInteraction(
  parts: InteractionParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  given: URLSearchParams,
): Promise<void> {
  const accepted = request.headers["accept-language"];
  const asked = chooseLocale(url.searchParams.get("lang") ?? undefined, accepted);
  const [, uid = "", registration] = PATH.exec(url.pathname) ?? [];
  const provider = parts.provider();
  // No cookie, an old one, or one of another interaction: nothing can be done here.
  const details = await provider.interactionDetails(request, response).catch(() => null);
  if (details === null || details.uid !== uid) {
    const t = texts(asked);
    return sendPage(response, 400, plainPage(asked, t.expired, t.expiredText));
  }
  const wanted = details.params["ui_locales"];
  const locale: Locale = chooseLocale(
    url.searchParams.get("lang") ?? undefined,
    typeof wanted === "string" ? wanted : undefined,
    accepted,
  );
  const csrf = parts.seal.name("csrf", uid).toString("base64url");
  if (request.method === "POST" && !isFromHere(request, parts.origin, given.get("csrf"), csrf)) {
    const t = texts(locale);
    return sendPage(response, 403, plainPage(locale, t.refused, t.refusedText));
  }
  const step: Step = {
    parts,
    request,
    response,
    form: { locale, csrf, base: `${ACTIONS}${uid}` },
    given,
    address: String(request.headers["x-forwarded-for"] ?? request.socket.remoteAddress ?? ""),
    finish: (accountId) =>
      provider.interactionFinished(
        request,
        response,
        { login: { accountId }, create: {} },
        { mergeWithLastSubmission: false },
      ),
  };
  const isNew = registration !== undefined || (details.prompt.name === "create" && !url.searchParams.has("lang"));
  if (request.method === "POST") return isNew ? register(step) : signIn(step);
  const hint = details.params["login_hint"];
  const text = isNew
    ? registrationPage(step.form, { email: "", name: "" }, {})
    : signInPage(step.form, { email: typeof hint === "string" && isEmail(hint) ? hint : "" });
  sendPage(response, 200, text);
}

/** A form that this server sent to this browser, sent back by its own page (login CSRF). */
function isFromHere(request: IncomingMessage, origin: string, given: string | null, csrf: string): boolean {
  const { origin: from, "sec-fetch-site": site } = request.headers;
  if (from !== undefined && from !== origin) return false;
  if (site !== undefined && site !== "same-origin") return false;
  const [a, b] = [Buffer.from(given ?? ""), Buffer.from(csrf)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function signIn({ parts, response, form, given, address, finish }: Step): Promise<void> {
  const email = canonicalEmail(given.get("username") ?? "");
  const password = (given.get("password") ?? "").slice(0, 256);
  const t = texts(form.locale);
  const pause = await parts.throttle.pause(email, address);
  if (pause > 0) return sendPage(response, 429, signInPage(form, { email, fault: t.pause(pause) }));
  const account = await parts.accounts.signIn(email, password);
  if (account === null) {
    await parts.throttle.failed(email, address);
    return sendPage(response, 401, signInPage(form, { email, fault: t.wrong }));
  }
  await parts.throttle.succeeded(email, address);
  await finish(account.id);
}

/** The four fields alone are read: whatever else is sent changes nothing. */
async function register({ parts, response, form, given, address, finish }: Step): Promise<void> {
  const t = texts(form.locale);
  const email = canonicalEmail(given.get("email") ?? "");
  const name = (given.get("name") ?? "")
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  const password = given.get("password") ?? "";
  const weak = passwordFault(password, email);
  const words = { short: t.short, long: t.long, plain: t.plain, email: t.passwordIsEmail };
  const faults: RegistrationFaults = {
    ...(!isEmail(email) && { email: t.emailFault }),
    ...((name === "" || name.length > 100) && { name: t.nameFault }),
    ...(weak !== null && { password: words[weak] }),
    ...(weak === null && given.get("password-confirm") !== password && { repeat: t.differs }),
  };
  const again = (status: number, found: RegistrationFaults): void =>
    sendPage(response, status, registrationPage(form, { email, name: name.slice(0, 100) }, found));
  if (Object.keys(faults).length > 0) return again(422, faults);
  // Asking for many addresses is guessing, too.
  const pauses = [await parts.throttle.pause(email, address), await parts.throttle.registrationPause(address)];
  const pause = Math.max(...pauses);
  if (pause > 0) return again(429, { form: t.pause(pause) });
  const id = await parts.accounts.register({ email, name, locale: form.locale, password });
  if (id === null) {
    await parts.throttle.failed(email, address);
    return again(409, { email: t.taken });
  }
  await parts.throttle.registered(address);
  await finish(id);
}
