import { basename } from "node:path";
import { type CityConfig, loadCity } from "../../prisma/cities/city.ts";
import type { Arguments } from "./arguments.ts";
import { ImportFault } from "./fault.ts";
import { CITIES, FORMATS, type Source } from "./formats/formats.ts";
import { headerOf } from "./rows.ts";
import { isStations, withStations } from "./stations.ts";

/** A file with the city that it belongs to; the city has its stations. */
export type Job = { readonly path: string; readonly city: CityConfig; readonly source: Source };

const needsStations = (source: Source): boolean => source.kind !== "crashes";

/**
 * Finds out what each file is by its columns.
 * @throws ImportFault naming the columns that are missing, a missing list of stations
 */
export async function chooseJobs({ kind, files, city: wanted, stations }: Arguments): Promise<Job[]> {
  const candidates = (wanted === null ? CITIES[kind] : [wanted]).map((name) => {
    const city = loadCity(name);
    if (city.source?.kind !== kind) throw new ImportFault(`the city ${city.id} is no source of ${kind}`, 2);
    return { city, source: city.source };
  });
  let list = stations;
  const jobs: Job[] = [];
  for (const path of files) {
    const header = await headerOf(path);
    if (isStations(header)) {
      list ??= path;
      continue;
    }
    const missing = candidates.map(({ source }) =>
      FORMATS[source.format].columns.filter((column) => !header.includes(column)),
    );
    const at = missing.findIndex((columns) => columns.length === 0);
    const found = candidates[at];
    if (found === undefined) {
      const said = candidates.map(({ source }, index) => `  ${source.format}: ${(missing[index] ?? []).join(", ")}`);
      throw new ImportFault(`${basename(path)}: these columns are missing:\n${said.join("\n")}`);
    }
    jobs.push({ path, ...found });
  }
  if (jobs.length === 0) throw new ImportFault("there is a list of stations, but no file with rows", 2);
  const cities = new Map<string, CityConfig>();
  return Promise.all(
    jobs.map(async (job) => {
      if (!needsStations(job.source)) return job;
      if (list === null) throw new ImportFault(`${kind} need the list of stations or sensors: --stations FILE`, 2);
      const known = cities.get(job.city.id) ?? (await withStations(job.city, list));
      cities.set(job.city.id, known);
      return { ...job, city: known };
    }),
  );
}
