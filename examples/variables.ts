const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

const NOW = /^now(?:([+-])(\d+)([mhd]))?$/;
const TODAY = /^today\(([A-Za-z_/+-]+)\)(?:([+-])(\d+)d)?$/;

/**
 * Puts times in place of relative ones, anywhere in the variables of an example: `now`, `now-24h` (m, h, d) become
 * instants, `today(Asia/Seoul)`, `today(Asia/Seoul)-1d` the local day of a time zone.
 */
export function resolveTimes(value: unknown, now: number): unknown {
  if (typeof value === "string") return resolveText(value, now);
  if (Array.isArray(value)) return value.map((entry) => resolveTimes(entry, now));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, resolveTimes(entry, now)]));
}

function resolveText(text: string, now: number): string {
  const instant = NOW.exec(text);
  if (instant !== null) return new Date(now + shift(instant[1], instant[2], instant[3])).toISOString();
  const day = TODAY.exec(text);
  if (day === null) return text;
  const at = new Date(now + shift(day[2], day[3], "d"));
  return new Intl.DateTimeFormat("en-CA", { timeZone: day[1], dateStyle: "short" }).format(at);
}

const shift = (sign = "+", count = "0", unit = "m"): number =>
  (sign === "-" ? -1 : 1) * Number(count) * (UNIT_MS[unit] ?? 0);
