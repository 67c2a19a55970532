import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { mutate } from "../../../core/testing/mutant.ts";
import type * as log from "../../../runtime/log.ts";
import { PREFIX } from "../../../runtime/queues.ts";
import type { Hub } from "../../support/hub.ts";

/** A step as a fault would do it, with a text of its own that must then be found. */
export type Fault = {
  readonly name: string;
  readonly medium: string;
  readonly commit: (hub: Hub, text: string) => Promise<void>;
};

const QUEUE = "planted";
const BATCH = randomUUID();

export const FAULTS: readonly Fault[] = [
  {
    name: "the intake commits a batch unsealed",
    medium: "tables of edge",
    commit: async ({ edge }, text) => {
      await edge.query("INSERT INTO edge.inbox (batch, received_at, enc, sealed) VALUES ($1, now(), $2, $3)", [
        BATCH,
        Buffer.alloc(32),
        Buffer.from(JSON.stringify({ subject: { kind: "track", id: text } })),
      ]);
    },
  },
  {
    name: "a job carries its batch",
    medium: "Redis queue",
    commit: async (hub, text) => {
      await withQueue(hub, async (queue) => void (await queue.add(QUEUE, { id: BATCH, body: text })));
    },
  },
  {
    name: "an error is logged with its message",
    medium: "logs",
    commit: async ({ home }, text) => {
      const path = JSON.stringify(join(home, "logs", "planted.log"));
      const { createLog } = await mutate<typeof log>(new URL("../../../runtime/log.ts", import.meta.url), {
        name: "message",
        from: "    serializers: { err: safeError },\n  });",
        to: `    serializers: { err: ({ message }) => ({ message }) },\n  }, pino.destination({ dest: ${path}, sync: true }));`,
      });
      createLog("planted", "info").error({ event: "planted", err: new Error(`duplicate key (${text})`) });
    },
  },
];

/** Takes the faults' traces away; the log goes with what else was planted. */
export async function undoFaults(hub: Hub): Promise<void> {
  await hub.edge.query("DELETE FROM edge.inbox WHERE batch = $1", [BATCH]);
  await withQueue(hub, (queue) => queue.obliterate({ force: true }));
}

async function withQueue(hub: Hub, work: (queue: Queue) => Promise<void>): Promise<void> {
  const connection = new Redis(hub.redis, { maxRetriesPerRequest: null });
  const queue = new Queue(QUEUE, { connection, prefix: PREFIX });
  try {
    await work(queue);
  } finally {
    await queue.close();
    connection.disconnect();
  }
}
