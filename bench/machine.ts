import { cpus, totalmem } from "node:os";
import { performance } from "node:perf_hooks";
import type { Pool } from "../runtime/postgres.ts";
import { median } from "./statistics.ts";

export type Machine = {
  cores: number;
  model: string;
  memoryGiB: number;
  node: string;
  postgres: string;
  timescaledb: string;
  /** Spread of a fixed loop, (slowest − fastest) ÷ median: what the machine's other work does to figures. */
  noise: number;
};

/** What the figures were measured on. */
export async function describeMachine(edge: Pool): Promise<Machine> {
  const { rows } = await edge.query<{ postgres: string; timescaledb: string }>(
    `SELECT current_setting('server_version') AS postgres,
            (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb') AS timescaledb`,
  );
  const [found] = rows;
  const list = cpus();
  return {
    cores: list.length,
    model: list[0]?.model ?? "unknown",
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    postgres: found?.postgres ?? "unknown",
    timescaledb: found?.timescaledb ?? "unknown",
    noise: Number(calibrate().toPrecision(2)),
  };
}

/** Runs one loop 25 times and compares the times. */
function calibrate(): number {
  const times = Array.from({ length: 25 }, () => {
    const start = performance.now();
    let mixed = 1;
    for (let i = 0; i < 4_000_000; i++) mixed = (Math.imul(mixed, 1664525) + 1013904223) | 0;
    return performance.now() - start + (mixed === 0 ? 1 : 0);
  }).slice(5);
  return (Math.max(...times) - Math.min(...times)) / median(times);
}
