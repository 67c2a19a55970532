import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { openShop } from "../../tests/e2e/access/shop.ts";
import { until } from "../../tests/support/wait.ts";
import { type Figure, figure } from "../figures.ts";
import { quantile } from "../statistics.ts";
import type { Bench, Suite } from "../suite.ts";
import { asker } from "./probe.ts";
import { startReplicas } from "./replicas.ts";

const REPLICAS = 3;
/** Questions under way at each replica: half of them licensed, half open. */
const LOAD = 4;
/** Rounds of each act: with notifications, and with polling alone. */
const ROUNDS = 24;
/** A replica that still answers then never stopped. */
const LIMIT_MS = 5_000;
const TARGET_MS = 1_000;
const REASON = "A reason of some length.";

/** The function that raises the version, without the notification that makes it faster. */
const SILENT = `CREATE OR REPLACE FUNCTION market.raise_access() RETURNS bigint
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
  DECLARE v_version bigint;
  BEGIN
    UPDATE market.access_version SET version = version + 1, changed_at = clock_timestamp() RETURNING version INTO v_version;
    RETURN v_version;
  END $$`;

/** How long a licence that was taken back still opens something, at the last of three servers under load. */
export const revocation: Suite = async (bench: Bench): Promise<Figure[]> => {
  const { hub } = bench.databases;
  bench.say("a city with a licensed and an open dataset, and three front doors");
  const shop = await openShop(hub);
  const replicas = await startReplicas(bench, REPLICAS);
  const askers = replicas.urls.map((url) => asker(url, LOAD + 4));
  const question = (dataset: string): string =>
    JSON.stringify({
      query: `query ($d: String!, $p: PeriodInput!) { dataset(slug: $d) { series(period: $p) { columns { start signed } } } }`,
      variables: { d: dataset, p: shop.period },
    });
  const [licensed, open] = [question(shop.flow), question(shop.open)];
  const load = await shop.customer({ quota: 1_000_000_000 });
  let loading = true;
  let answers = 0;
  const loads = askers.flatMap(({ ask }) =>
    Array.from({ length: LOAD }, async (_, nth) => {
      while (loading) {
        if ((await ask(nth % 2 === 0 ? licensed : open, nth % 2 === 0 ? load.bearer : null)) === "ANSWERED")
          answers += 1;
        else await sleep(20);
      }
    }),
  );

  /** From the commit of an act to the sending of the last question that was answered all the same, at the last replica. */
  async function closing(bearer: string, act: () => Promise<void>): Promise<number> {
    const opened = await Promise.all(
      askers.map(({ ask }) => until("a replica answers", async () => (await ask(licensed, bearer)) === "ANSWERED")),
    );
    if (opened.length !== REPLICAS) throw new Error("a replica is missing");
    let committed = Number.POSITIVE_INFINITY;
    const watching = askers.map(async ({ ask }) => {
      let last = 0;
      let refusals = 0;
      // Until it was refused ten times in a row, or for so long: an answer between refusals would count.
      while (refusals < 10 && performance.now() < Math.max(last, committed) + LIMIT_MS) {
        const asked = performance.now();
        if ((await ask(licensed, bearer)) === "ANSWERED") {
          refusals = 0;
          last = asked;
          if (asked > committed + LIMIT_MS) return LIMIT_MS;
        } else refusals += 1;
      }
      return Math.max(0, last - committed);
    });
    await act();
    committed = performance.now();
    return Math.max(...(await Promise.all(watching)));
  }

  async function rounds(what: string): Promise<Record<string, number[]>> {
    const found: Record<string, number[]> = { revoke: [], suspend: [], "key revoke": [] };
    const resting = await shop.customer();
    for (let nth = 0; nth < ROUNDS; nth++) {
      if (nth % 8 === 0) bench.say(`${what}: round ${nth} of ${ROUNDS}`);
      const one = await shop.customer();
      const { id, text } = await one.key();
      const key = () => hub.query("SELECT market.revoke_key($1, $2)", [one.person, id]);
      found["key revoke"]?.push(await closing(text, async () => void (await key())));
      found["revoke"]?.push(await closing(one.bearer, () => one.act("REVOKE", REASON)));
      found["suspend"]?.push(await closing(resting.bearer, () => resting.act("SUSPEND", REASON)));
      await resting.act("RESUME", REASON);
    }
    return found;
  }

  const told = (name: string, times: readonly number[], note: string): Figure[] => [
    figure(`${name}, p50`, quantile(times, 0.5), "ms", "lower", { note }),
    figure(`${name}, p99`, quantile(times, 0.99), "ms", "lower", { target: TARGET_MS }),
    figure(`${name}, longest`, Math.max(...times), "ms", "lower"),
  ];
  const figures: Figure[] = [];
  try {
    const begun = performance.now();
    for (const [name, times] of Object.entries(await rounds("notified"))) {
      figures.push(...told(name, times, `${times.length} times, to the last of ${REPLICAS} replicas`));
    }
    await hub.query(SILENT);
    const polled = Object.values(await rounds("polling alone")).flat();
    figures.push(
      ...told("polling alone", polled, `${polled.length} acts of all kinds; NOTIFY taken out of the database`),
    );
    const rate = (answers * 1000) / (performance.now() - begun);
    figures.push(
      figure("answers/s meanwhile", rate, "1/s", "higher", { note: `${REPLICAS} × ${LOAD} questions under way` }),
    );

    for (const [name, how] of [
      ["primary unreachable", "silent"],
      ["primary refuses", "refused"],
      ["Redis refuses", "refused"],
    ] as const) {
      bench.say(name);
      const broken = name.startsWith("Redis") ? replicas.redis : replicas.database;
      const one = await shop.customer();
      const closed = await closing(one.bearer, async () => broken.break(how));
      const during = await Promise.all(
        Array.from({ length: 20 }, async (_, nth) => {
          await sleep(nth * 100);
          return Promise.all(askers.map(({ ask }) => ask(licensed, one.bearer)));
        }),
      );
      const stillOpen = name.startsWith("Redis") ? await Promise.all(askers.map(({ ask }) => ask(open, null))) : [];
      await one.act("REVOKE", REASON);
      broken.mend();
      // What was revoked meanwhile never opens again; what was not does.
      const reopened = await Promise.all(
        askers.map(({ ask }) =>
          until("a replica answers again", async () => (await ask(licensed, load.bearer)) === "ANSWERED", {
            limitMs: 60_000,
          }),
        ),
      );
      const after = await Promise.all(askers.map(({ ask }) => ask(licensed, one.bearer)));
      const wrong = [...during.flat(), ...after].filter((outcome) => outcome === "ANSWERED").length;
      const codes = [...new Set(during.flat())].sort().join(", ");
      figures.push(
        figure(`${name}: until closed`, closed, "ms", "lower", { target: 2_000, note: `then ${codes}` }),
        figure(`${name}: licensed answers while or after`, wrong, "", "lower", {
          target: 0,
          note: `${during.flat().length} questions during 2 s, ${after.length} under what was revoked meanwhile; ${reopened.length} replicas opened again`,
        }),
      );
      if (stillOpen.length > 0) {
        const answered = stillOpen.filter((outcome) => outcome === "ANSWERED").length;
        figures.push(figure(`${name}: open answers`, answered, `of ${REPLICAS}`, "higher", { target: REPLICAS }));
      }
    }
    return figures;
  } finally {
    loading = false;
    await Promise.all(loads);
    for (const { close } of askers) close();
    await replicas.stop();
  }
};
