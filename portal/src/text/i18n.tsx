import { i18n } from "@lingui/core";
import { I18nProvider as LinguiProvider } from "@lingui/react";
import { createContext, type ReactNode, useContext, useState } from "react";
import { I18nProvider as AriaProvider } from "react-aria-components/I18nProvider";
import { type Language, localeTag } from "./language.ts";

const STORAGE_KEY = "madang.language";

type LanguageChoice = { readonly language: Language; readonly choose: (language: Language) => void };

const LanguageContext = createContext<LanguageChoice>({ language: "ko", choose: () => undefined });

/** The reader's language and how to change it. */
export function useLanguage(): LanguageChoice {
  return useContext(LanguageContext);
}

let hasMarket = false;

/** Loads a catalogue and makes it the active one; the page's `lang` follows. */
export async function activate(language: Language): Promise<void> {
  const [{ messages }] = await Promise.all([
    language === "ko" ? import("../locales/ko.po") : import("../locales/en.po"),
    hasMarket ? loadMarket(language) : undefined,
  ]);
  i18n.load(language, messages);
  i18n.activate(language);
  document.documentElement.lang = language;
}

async function loadMarket(language: Language): Promise<void> {
  const { messages } = await (language === "ko"
    ? import("../locales/market/ko.po")
    : import("../locales/market/en.po"));
  i18n.load(language, messages);
}

/** A page of the market, which brings the texts that the home page does without; a change of language takes them along. */
export async function withMarketTexts<Page>(page: () => Promise<Page>): Promise<Page> {
  hasMarket = true;
  const [loaded] = await Promise.all([page(), loadMarket(startLanguage())]);
  return loaded;
}

/** The language that preferences.js has chosen before the first paint. */
export function startLanguage(): Language {
  return document.documentElement.lang === "en" ? "en" : "ko";
}

/** Gives texts, React Aria and every page the reader's language; a choice is remembered on this device. */
export function LanguageProvider({ start, children }: { start: Language; children: ReactNode }) {
  const [language, setLanguage] = useState(start);
  const choose = (next: Language): void => {
    void activate(next).then(() => {
      setLanguage(next);
      remember(next);
    });
  };
  return (
    <LanguageContext value={{ language, choose }}>
      <LinguiProvider i18n={i18n}>
        <AriaProvider locale={localeTag(language) === "ko-KR" ? "ko-KR" : "en-US"}>{children}</AriaProvider>
      </LinguiProvider>
    </LanguageContext>
  );
}

function remember(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // storage is closed to us: the choice holds until the page is closed
  }
}
