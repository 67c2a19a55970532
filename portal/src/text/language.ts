/** The two languages of the portal; every text exists in both. */
export type Language = "ko" | "en";

export const LANGUAGES: readonly Language[] = ["ko", "en"];

/** A text of the hub's data in both languages. */
export type LocalText = { readonly ko: string; readonly en: string };

/** The text in the reader's language. */
export function inLanguage(text: LocalText, language: Language): string {
  return text[language];
}

/** BCP 47 tag for Intl and React Aria. */
export function localeTag(language: Language): "ko-KR" | "en-GB" {
  return language === "ko" ? "ko-KR" : "en-GB";
}
