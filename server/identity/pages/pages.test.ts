import { canonicalEmail, isEmail } from "../accounts.ts";
import { registrationPage, signInPage } from "./forms.ts";
import { html } from "./layout.ts";
import { chooseLocale, texts } from "./texts.ts";

const SCRIPT = `"><script>alert(1)</script>'&`;
const form = { locale: "en", csrf: SCRIPT, base: "/realms/madang/login-actions/x" } as const;

test("whatever is put into a page is text, wherever it stands", () => {
  const sent = [
    signInPage(form, { email: SCRIPT, fault: SCRIPT }),
    registrationPage(form, { email: SCRIPT, name: SCRIPT }, { email: SCRIPT, password: SCRIPT }),
  ];
  for (const text of sent) {
    expect(text).not.toContain("<script>alert");
    expect(text).toContain("&lt;script&gt;");
    expect(text.match(/<script/g)).toHaveLength(1);
  }
  expect(html`<p>${html`<b>${"<i>"}</b>`}${null}${false}${0}</p>`.html).toBe("<p><b>&lt;i&gt;</b>0</p>");
});

test("every text is there in both languages, and no two are the same by mistake", () => {
  const [ko, en] = [texts("ko"), texts("en")];
  expect(Object.keys(ko)).toEqual(Object.keys(en));
  for (const [name, text] of Object.entries(ko))
    expect([name, String(text)]).not.toEqual([name, String(en[name as keyof typeof en])]);
});

test("a fault is told beside its field and by the field", () => {
  const text = registrationPage(form, { email: "a@b.example", name: "A" }, { password: "Too short." });
  expect(text).toMatch(
    /<input id="password"[^>]*aria-describedby="password-hint password-fault" aria-invalid="true" autofocus>/,
  );
  expect(text).toContain('<p class="fault" id="password-fault">Too short.</p>');
  expect(text).toContain('role="alert"');
});

test.each([
  [["en-GB,en;q=0.9,ko;q=0.8"], "en"],
  [["ko-KR"], "ko"],
  [["fr", "en"], "en"],
  [["de", undefined], "ko"],
  [[undefined, "ko", "en"], "ko"],
] as const)("of %j the language is %s", (asked, locale) => expect(chooseLocale(...asked)).toBe(locale));

test.each(["a@b.kr", "Someone.Else+tag@sub.city.example", "이름@도시.한국"])("%s is an address", (text) =>
  expect(isEmail(canonicalEmail(text))).toBe(true),
);
test.each(["", "a", "a@b", "a@@b.kr", "a b@c.kr", "<a>@b.kr", "a@b.kr,c@d.kr", `${"a".repeat(65)}@b.kr`, "a@b_c.kr"])(
  "%j is not",
  (text) => expect(isEmail(text)).toBe(false),
);
