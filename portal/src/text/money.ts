import type { Language } from "./language.ts";
import { formatFixed, formatNumber } from "./number.ts";

/** How many decimals the currency has: KRW none, EUR two (ISO 4217, as the browser knows it). */
function decimals(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

function named(amount: string, currency: string, language: Language): string {
  return currency === "KRW" && language === "ko" ? `${amount}원` : `${amount}\u00a0${currency}`;
}

/** "12 000원" / "12 000 KRW" of integer minor units. */
export function formatMoney(minor: number, currency: string, language: Language): string {
  const digits = decimals(currency);
  return named(formatFixed(minor / 10 ** digits, digits), currency, language);
}

/** "0.25원" / "0.25 KRW" of millionths of a minor unit: the price of one unit of use. */
export function formatUnitPrice(micro: number, currency: string, language: Language): string {
  const digits = decimals(currency);
  return named(formatNumber(micro / 1e6 / 10 ** digits, 6 + digits), currency, language);
}
