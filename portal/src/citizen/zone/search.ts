/** A zone's slug is unique within its city; without a city the hub's first one is meant. */
export type ZoneSearch = { city?: string };

export function readZoneSearch(raw: Record<string, unknown>): ZoneSearch {
  return typeof raw["city"] === "string" && raw["city"] !== "" ? { city: raw["city"] } : {};
}
