import type { Locale } from "../accounts.ts";
import { type Html, html, page } from "./layout.ts";
import { type Texts, texts } from "./texts.ts";

/** What a form is shown with. `csrf`: proof that the page was sent to this browser; `base`: address of the sign-in page. */
export type FormPage = { locale: Locale; csrf: string; base: string };

type Field = {
  name: string;
  label: string;
  type: "email" | "password" | "text";
  autocomplete: string;
  value?: string;
  hint?: string;
  fault?: string | undefined;
  isFirst?: boolean;
};

function field({ name, label, type, autocomplete, value, hint, fault, isFirst }: Field): Html {
  const told = [...(hint ? [`${name}-hint`] : []), ...(fault ? [`${name}-fault`] : [])].join(" ");
  return html`<div class="field">
<label for="${name}">${label}</label>
${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" required maxlength="${type === "password" ? 256 : 254}"${value !== undefined && html` value="${value}"`}${told !== "" && html` aria-describedby="${told}"`}${fault !== undefined && html` aria-invalid="true"`}${(fault !== undefined || isFirst === true) && html` autofocus`}>
${fault !== undefined && html`<p class="fault" id="${name}-fault">${fault}</p>`}
</div>`;
}

const alarm = (text: string | undefined): Html | false =>
  text !== undefined && html`<p class="alarm" role="alert">${text}</p>`;

export function signInPage(
  { locale, csrf, base }: FormPage,
  given: { email: string; fault?: string | undefined },
): string {
  const t = texts(locale);
  return page({
    locale,
    title: t.signIn,
    other: `${base}?lang=${locale === "ko" ? "en" : "ko"}`,
    body: html`<p class="intro">${t.signInIntro}</p>
${alarm(given.fault)}
<form method="post" action="${base}?lang=${locale}">
<input type="hidden" name="csrf" value="${csrf}">
${field({ name: "username", label: t.email, type: "email", autocomplete: "username", value: given.email, isFirst: given.email === "" })}
${field({ name: "password", label: t.password, type: "password", autocomplete: "current-password", isFirst: given.email !== "" })}
<button type="submit">${t.signIn}</button>
</form>
<p class="aside">${t.newHere} <a href="${base}/registration?lang=${locale}">${t.create}</a></p>`,
  });
}

export type RegistrationFaults = { email?: string; name?: string; password?: string; repeat?: string; form?: string };

export function registrationPage(
  { locale, csrf, base }: FormPage,
  given: { email: string; name: string },
  faults: RegistrationFaults,
): string {
  const t: Texts = texts(locale);
  const [first] = Object.keys(faults);
  const focus = (name: keyof RegistrationFaults): string | undefined => faults[name];
  return page({
    locale,
    title: t.create,
    other: `${base}/registration?lang=${locale === "ko" ? "en" : "ko"}`,
    body: html`<p class="intro">${t.createIntro}</p>
${alarm(faults.form ?? (first === undefined ? undefined : t.fix))}
<form method="post" action="${base}/registration?lang=${locale}">
<input type="hidden" name="csrf" value="${csrf}">
${field({ name: "email", label: t.email, type: "email", autocomplete: "username", value: given.email, fault: focus("email"), isFirst: first === undefined })}
${field({ name: "name", label: t.name, type: "text", autocomplete: "name", value: given.name, hint: t.nameHint, fault: focus("name") })}
${field({ name: "password", label: t.password, type: "password", autocomplete: "new-password", hint: t.passwordHint, fault: focus("password") })}
${field({ name: "password-confirm", label: t.repeat, type: "password", autocomplete: "new-password", fault: focus("repeat") })}
<button type="submit">${t.create}</button>
</form>
<p class="aside">${t.have} <a href="${base}?lang=${locale}">${t.signIn}</a></p>`,
  });
}
