import { cpus, totalmem } from "node:os";
import { performance } from "node:perf_hooks";
import pg from "pg";

export type Machine = {
  cores: number;
  model: string;
  memoryGiB: number;
  node: string;
  /** null where no database was at hand. */
  postgres: string | null;
  timescaledb: string | null;
  /** Spread of a fixed loop, (slowest − fastest) ÷ median: what the machine's other work does to figures. */
  noise: number;
};

/**
 * What figures were measured on.
 * @param database address of a PostgreSQL whose version counts
 */
export async function describeMachine(database: string | undefined): Promise<Machine> {
  const versions = database === undefined ? null : await versionsOf(database);
  const list = cpus();
  return {
    cores: list.length,
    model: list[0]?.model ?? "unknown",
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    postgres: versions?.postgres ?? null,
    timescaledb: versions?.timescaledb ?? null,
    noise: Number(calibrate().toPrecision(2)),
  };
}

async function versionsOf(database: string): Promise<{ postgres: string; timescaledb: string } | null> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    const { rows } = await client.query<{ postgres: string; timescaledb: string }>(
      `SELECT current_setting('server_version') AS postgres,
              (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb') AS timescaledb`,
    );
    return rows[0] ?? null;
  } finally {
    await client.end();
  }
}

/** Runs one loop 25 times and compares the times. */
function calibrate(): number {
  const times = Array.from({ length: 25 }, () => {
    const start = performance.now();
    let mixed = 1;
    for (let i = 0; i < 4_000_000; i++) mixed = (Math.imul(mixed, 1664525) + 1013904223) | 0;
    return performance.now() - start + (mixed === 0 ? 1 : 0);
  }).slice(5);
  const middle = times.toSorted((a, b) => a - b)[times.length >> 1] ?? 1;
  return (Math.max(...times) - Math.min(...times)) / middle;
}
