import { useLingui } from "@lingui/react/macro";
import type { BinUnit } from "../generated/graphql.ts";
import { formatNumber } from "../text/number.ts";

/** Names the bins of a histogram by their category ("0-200"): "under 20 km/h", "20–30 km/h", "50 km/h and more". */
export function useBinWord(unit: BinUnit): (category: string) => string {
  const { t } = useLingui();
  const measure = (edge: number): string =>
    unit === "SECONDS" ? formatNumber(edge / 60, 1) : formatNumber(edge / 10, 1);
  const word = unit === "SECONDS" ? t`min` : "km/h";
  return (category) => {
    const [from = "", to = ""] = category.split("-");
    if (to === "") return t`${measure(Number(from))} ${word} and more`;
    if (from === "0") return t`under ${measure(Number(to))} ${word}`;
    return `${measure(Number(from))}–${measure(Number(to))} ${word}`;
  };
}
