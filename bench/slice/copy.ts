import { performance } from "node:perf_hooks";
import { pipeline } from "node:stream/promises";
import copyStreams from "pg-copy-streams";
import type { Client, Pool } from "../../runtime/postgres.ts";

const COLUMNS = "day, plan, window_start, cell, stratum, pseudonym";

/** Makes the peer of edge.contribution: the same columns, chunks and unique index, in the same database. */
export async function makePeer(edge: Pool): Promise<void> {
  await edge.query(`DROP SCHEMA IF EXISTS bench CASCADE`);
  await edge.query(`CREATE SCHEMA bench`);
  await edge.query(`CREATE TABLE bench.contribution (LIKE edge.contribution INCLUDING ALL)`);
  await edge.query(
    `SELECT create_hypertable('bench.contribution', by_range('day', interval '1 day'), create_default_indexes => false)`,
  );
}

/** The contributions of a period as they came, in the binary form of COPY. */
export async function takeContributions(edge: Pool, plans: readonly number[], from: number, to: number) {
  const client = await edge.connect();
  try {
    const chunks: Buffer[] = [];
    const instant = (at: number): string => `'${new Date(at).toISOString()}'`;
    const source = client.query(
      copyStreams.to(
        `COPY (SELECT ${COLUMNS} FROM edge.contribution WHERE plan IN (${plans.join(",")})
           AND window_start >= ${instant(from)} AND window_start < ${instant(to)}) TO STDOUT (FORMAT binary)`,
      ),
    );
    for await (const chunk of source) chunks.push(chunk as Buffer);
    return { rows: source.rowCount, bytes: Buffer.concat(chunks) };
  } finally {
    client.release();
  }
}

/** Copies rows into the peer on one connection, committed; rows a second. */
export async function copyRate(edge: Pool, { rows, bytes }: { rows: number; bytes: Buffer }): Promise<number> {
  const client: Client = await edge.connect();
  try {
    const start = performance.now();
    const target = client.query(copyStreams.from(`COPY bench.contribution (${COLUMNS}) FROM STDIN (FORMAT binary)`));
    await pipeline(slices(bytes), target);
    return (rows * 1000) / (performance.now() - start);
  } finally {
    client.release();
  }
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1 << 20) yield bytes.subarray(at, at + (1 << 20));
}
