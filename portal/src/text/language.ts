/** The two languages of the portal; every text exists in both. */
export type Language = "ko" | "en";

/** A text of the hub's data in both languages. */
export type LocalText = { readonly ko: string; readonly en: string };

/** BCP 47 tag for Intl and React Aria. */
export function localeTag(language: Language): "ko-KR" | "en-GB" {
  return language === "ko" ? "ko-KR" : "en-GB";
}
