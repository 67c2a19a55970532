import { setTimeout as sleep } from "node:timers/promises";
import { localDay } from "../../core/time.ts";
import { historyOf } from "../../prisma/cities/history.ts";
import { serveHealth } from "../../runtime/health.ts";
import { createLog } from "../../runtime/log.ts";
import { orderlyShutdown } from "../../runtime/shutdown.ts";
import { sampleCity } from "./city.ts";
import { readConfig } from "./config.ts";
import { findHistory, sendHistory } from "./history.ts";
import { missingFeeds, playLive } from "./live.ts";
import { createSend } from "./send.ts";
import { keepState, readState, type State } from "./state.ts";
import { isVisible } from "./visible.ts";

const DAY_MS = 86_400_000;

const config = readConfig();
const log = createLog("simulator", config.MADANG_LOG);
const health = await serveHealth(config.MADANG_HOME, "simulator");
const stopping = new AbortController();
const shutdown = orderlyShutdown(log, health);
shutdown.add("devices", async () => stopping.abort());

const city = sampleCity(config.SIMULATOR_CITY);
const missing = missingFeeds(city);
if (missing.length > 0) throw new Error(`the simulator does not know this city: it has no feed ${missing[0]}`);

let isReady = false;
const send = createSend(config.MADANG_URL, config.MADANG_HOME, log, stopping.signal, (heard) => {
  if (heard) health.finished();
  if (isReady) health.set(heard ? "ready" : "degraded", heard ? null : "the intake does not take batches");
});

async function firstState(now: number): Promise<State | null> {
  const backfills = await findHistory(city, now, send);
  const lastDay = backfills?.[0]?.lastDay;
  return lastDay === undefined ? null : { historyNow: now, lastDay, ended: {}, open: [] };
}

/** Sends what is left of the history; answers the state with all of it. */
async function catchUp(state: State): Promise<void> {
  // The declaration is found again by its last day: any instant of that day names it.
  let instant = state.historyNow;
  while (localDay(instant, city.timeZone) > state.lastDay) instant -= DAY_MS;
  const backfills = historyOf(city.config, instant);
  const total = backfills.length * (city.config.historyDays + 1);
  const done = (): number =>
    backfills.reduce((sum, { population, firstDay }) => {
      const last = state.ended[population];
      return sum + (last === undefined ? 0 : Math.round((Date.parse(last) - Date.parse(firstDay)) / DAY_MS) + 1);
    }, 0);
  health.set("starting", `history ${Math.floor((100 * done()) / total)} %`);
  await Promise.all(
    backfills.map((backfill) =>
      sendHistory(city, backfill, state.historyNow, state.ended[backfill.population] ?? null, send, (day, open) => {
        state.ended[backfill.population] = day;
        state.open.push(...open);
        keepState(config.MADANG_HOME, state);
        health.set("starting", `history ${Math.floor((100 * done()) / total)} %`);
      }),
    ),
  );
}

async function play(): Promise<void> {
  const now = Date.now();
  const found = readState(config.MADANG_HOME);
  const state = found ?? (await firstState(now));
  const isNew = found === null;
  let since = now;
  if (state === null) log.warn({ event: "simulator.no_history" });
  else {
    const complete = historyOf(city.config, now).every(({ population }) => state.ended[population] === state.lastDay);
    if (!complete) {
      const started = Date.now();
      await catchUp(state);
      log.info({ event: "simulator.history_sent", seconds: Math.round((Date.now() - started) / 1000) });
      // What happened while the history went in follows at once; a longer absence stays silent.
      if (isNew) since = state.historyNow;
    }
  }
  const live = playLive({
    city,
    since,
    open: state?.open ?? [],
    send,
    signal: stopping.signal,
    onOpen: (open) => {
      if (state !== null) keepState(config.MADANG_HOME, { ...state, open: [...open] });
    },
  });
  health.set("starting", "publishing the history");
  while (state !== null && !stopping.signal.aborted && !(await isVisible(config.MADANG_URL, city, state.lastDay))) {
    await sleep(500, undefined, { signal: stopping.signal });
  }
  isReady = true;
  health.set("ready");
  log.info({ event: "simulator.live" });
  await live;
}

play().catch((err: unknown) => {
  if (stopping.signal.aborted) return;
  log.error({ event: "simulator.failed", err });
  process.exit(1);
});
