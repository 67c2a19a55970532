/** No-break space: groups digits the same way in both languages (ISO 80000-1) and never breaks a line. */
const GROUP = "\u00a0";
const MINUS = "\u2212";

/** "1 240", "−12", "0.6": thousands in groups, a true minus sign, at most `digits` decimals. */
export function formatNumber(value: number, digits = 0): string {
  const text = formatFixed(value, digits);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** As formatNumber, but always with all its decimals: a value and its interval then stand alike, "0.07 ±0.10". */
export function formatFixed(value: number, digits: number): string {
  const fixed = Math.abs(value).toFixed(digits);
  const [whole = "0", fraction] = fixed.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, GROUP);
  const sign = value < 0 && Number(fixed) !== 0 ? MINUS : "";
  return sign + (fraction === undefined ? grouped : `${grouped}.${fraction}`);
}

/** "±30": half the width of the 95 % interval. */
export function formatHalfWidth(halfWidth: number, digits = 0): string {
  return `±${formatFixed(halfWidth, digits)}`;
}

/** "1 240 ±30": a value never appears without its interval. */
export function formatInterval(value: number, halfWidth: number): string {
  return `${formatNumber(value)} ${formatHalfWidth(halfWidth)}`;
}
