import { randomInt } from "node:crypto";
import { addDevice, makeCity, noonZone, presence } from "../../support/city.ts";
import { makeDevice } from "../../support/device.ts";
import type { HubEnvironment } from "../../support/environment.ts";
import { allProcessed, openHub } from "../../support/hub.ts";
import { createFinder, spellings } from "../../support/search.ts";
import type { Figure, Finding, Size } from "../support/figure.ts";
import { followContribution } from "./contribution.ts";
import { FAULTS, undoFaults } from "./faults.ts";
import { identifiers } from "./identifiers.ts";
import { graphAnswers, monitor, plant, searchAll, unplant } from "./media.ts";
import { PATHS } from "./paths.ts";

const CANARIES = 60;
/** Media in which the text planted by hand must be found, or the search would be blind there. */
const MEDIA = [
  "MONITOR",
  "Redis queue",
  "AOF",
  "RDB",
  "tables of edge",
  "tables of hub",
  "WAL of edge",
  "WAL of hub",
  "logs",
];

async function run(environment: HubEnvironment, size: Size, progress: (text: string) => void): Promise<Finding> {
  const hub = openHub(environment);
  const commands: string[] = [];
  let stopMonitor = (): void => {};
  try {
    if (hub.processes.state().stack !== "local") throw new Error("the stores' files are needed: the local stack");
    const paths = PATHS.filter(({ heavy }) => size === "full" || !heavy);
    const city = await makeCity(hub.hub, { timeZone: noonZone(), ...presence() });
    const identity = await addDevice(hub.hub, city);
    const device = makeDevice(hub.url, identity);
    const answers: string[] = [];
    const ground = { hub, identity, device, heard: (text: string) => void answers.push(text) };
    const canaries: { path: string; text: string }[] = [];
    for (const { name, run: take } of paths) {
      progress(name);
      stopMonitor();
      stopMonitor = await monitor(hub.redis, (text) => void commands.push(text));
      const texts = identifiers(CANARIES);
      canaries.push(...texts.map((text) => ({ path: name, text })));
      await take(ground, texts);
    }
    await allProcessed(hub, city, 120_000);
    stopMonitor();
    stopMonitor = await monitor(hub.redis, (text) => void commands.push(text));

    const mark = (what: string): string => `${what}-${randomInt(2 ** 40)}-${randomInt(2 ** 40)}`;
    const control = mark("planted");
    const faults = FAULTS.map((fault, index) => ({ ...fault, path: `fault ${index}`, text: mark("fault") }));
    const needles = [{ path: "control", text: control }, ...faults, ...canaries].flatMap(({ path, text }) =>
      spellings(text).map((needle) => ({ path, text, needle })),
    );
    const find = createFinder(needles.map(({ needle }) => needle));
    await plant(hub, control);
    for (const { commit, text } of faults) await commit(hub, text);
    progress("searching");
    const graph = await graphAnswers(hub.url, `${city.slug}-flow`);
    const found = await searchAll(
      hub,
      find,
      new Map([
        ["MONITOR", [commands.join("")]],
        ["answers of the intake", answers],
        ["graph and exports", graph],
      ]),
    );
    const planted = new Set(["control", ...faults.map(({ path }) => path)]);
    const leaks = [...found].flatMap(([medium, numbers]) =>
      [...new Set([...numbers].map((number) => needles[number]?.path ?? "").filter((path) => !planted.has(path)))].map(
        (path) => `${path} in ${medium}`,
      ),
    );
    const sees = (medium: string, what: string): boolean =>
      [...(found.get(medium) ?? [])].some((number) => needles[number]?.path === what);
    progress("a contribution in the write-ahead log");
    const followed = await followContribution(hub);
    const graphSees = graph.some((text) => text.includes(city.slug));
    return {
      value:
        `${leaks.length === 0 ? 0 : `${leaks.length} leaks (${leaks.slice(0, 6).join("; ")})`} of ${CANARIES} canaries × ` +
        `${paths.length} failure paths, ${needles.length} spellings, in ${found.size} media (no metrics or traces exist; health ` +
        `sockets searched in their place); of ${followed.planted} contributions ${followed.before} in the WAL before the drop, ` +
        `${followed.wal} after, ${followed.files} in any file`,
      pass: leaks.length === 0 && followed.wal === 0 && followed.files === 0,
      controls: [
        ...MEDIA.map((medium) => ({ name: `a planted text is found in: ${medium}`, held: sees(medium, "control") })),
        { name: "what is public is found in the answers of the graph", held: graphSees },
        { name: "contributions are in the WAL before the drop", held: followed.before === followed.planted },
      ],
      mutants: faults.map(({ name, medium, path }) => ({ name, killed: sees(medium, path) })),
    };
  } finally {
    stopMonitor();
    await undoFaults(hub);
    await unplant(hub);
    await hub.close();
  }
}

export const figures: readonly Figure[] = [
  {
    name: "canaries",
    title:
      "planted identifiers found in Redis (RDB, AOF, MONITOR), Postgres (data, WAL, logs), app logs, metrics, traces, exports, GraphQL errors",
    target:
      "0 of 60 canaries × 8 failure paths; a planted positive control is found in every medium (and a planted contribution in the WAL before the drop, not after)",
    rules: ["P10", "P11", "P18"],
    needs: "hub",
    fast: true,
    run: ({ hub, size, progress }) => run(hub, size, progress),
  },
];
