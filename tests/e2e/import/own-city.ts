import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CityConfig, parseCity } from "../../../prisma/cities/city.ts";
import { token } from "../../support/city.ts";

export type OwnCity = { readonly config: CityConfig; readonly file: string; readonly population: string };

/**
 * A city of its own for one test: a configuration of the project with other ids, so that no day of it is sealed yet.
 * @param name of a configuration in prisma/cities
 * @param folder that the configuration is written to
 */
export function ownCity(name: string, folder: string): OwnCity {
  const text = readFileSync(new URL(`../../../prisma/cities/${name}.json`, import.meta.url), "utf8");
  const city = parseCity(JSON.parse(text));
  const mark = token();
  const own = (id: string): string => `${mark}-${id}`;
  const config = parseCity({
    ...city,
    id: own(city.id),
    organizations: city.organizations.map((one) => ({ ...one, slug: own(one.slug) })),
    populations: city.populations.map((one) => ({ ...one, slug: own(one.slug), controller: own(one.controller) })),
    feeds: city.feeds.map((one) => ({ ...one, id: own(one.id), population: own(one.population) })),
    devices: city.devices.map((one) => ({
      ...one,
      id: own(one.id),
      organization: own(one.organization),
      feeds: one.feeds.map(own),
    })),
    datasets: city.datasets.map((one) => ({
      ...one,
      id: own(one.id),
      organization: own(one.organization),
      feeds: one.feeds.map(own),
      plans: one.plans.map((plan) => ({ ...plan, population: own(plan.population) })),
    })),
    source: city.source && { ...city.source, device: own(city.source.device), feed: own(city.source.feed) },
  });
  const file = join(folder, `${config.id}.json`);
  writeFileSync(file, JSON.stringify(config));
  return { config, file, population: config.populations[0]?.slug ?? "" };
}
