import { dayBounds } from "../../core/time.ts";
import type { SampleCity } from "./city.ts";

/**
 * Whether everybody can see the day before `lastDay` in every released dataset of the city that is open.
 * @returns false while the graph does not answer or does not have it
 */
export async function isVisible(url: string, city: SampleCity, lastDay: string): Promise<boolean> {
  const midnight = dayBounds(lastDay, city.timeZone).from;
  const datasets = city.config.datasets
    .filter(({ kind, tier }) => kind === "NOISED" && tier === "OPEN")
    .map((dataset) => dataset.id);
  try {
    const query = `{ ${datasets.map((id, index) => `d${index}: dataset(slug: ${JSON.stringify(id)}) { extent { to } }`).join(" ")} }`;
    const response = await fetch(new URL("/graphql", url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(5_000),
    });
    const answer = (await response.json()) as { data?: Record<string, { extent: { to: string } | null } | null> };
    return datasets.every((_, index) => Date.parse(answer.data?.[`d${index}`]?.extent?.to ?? "") >= midnight);
  } catch {
    return false;
  }
}
