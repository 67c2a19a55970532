/** No-break space: groups digits the same way in both languages (ISO 80000-1) and never breaks a line. */
const GROUP = "\u00a0";
const MINUS = "\u2212";

/** "1 240", "−12", "0.6": thousands in groups, a true minus sign, at most `digits` decimals. */
export function formatNumber(value: number, digits = 0): string {
  const fixed = Math.abs(value).toFixed(digits);
  const [whole = "0", fraction = ""] = fixed.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, GROUP);
  const decimals = fraction.replace(/0+$/, "");
  const text = decimals ? `${grouped}.${decimals}` : grouped;
  return value < 0 && text !== "0" ? MINUS + text : text;
}

/** "±30": half the width of the 95 % interval. */
export function formatHalfWidth(halfWidth: number, digits = 0): string {
  return `±${formatNumber(halfWidth, digits)}`;
}

/** "1 240 ±30": a value never appears without its interval. */
export function formatInterval(value: number, halfWidth: number): string {
  return `${formatNumber(value)} ${formatHalfWidth(halfWidth)}`;
}
