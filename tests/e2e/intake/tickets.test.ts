import { Queue } from "bullmq";
import { createLog } from "../../../runtime/log.ts";
import { PREFIX, QUEUES, type Ticket } from "../../../runtime/queues.ts";
import { producerConnection } from "../../../runtime/redis.ts";
import { createTickets } from "../../../workers/ingest/tickets.ts";
import { scenario } from "../../support/environment.ts";
import { untilEqual } from "../../support/wait.ts";

scenario("the tickets of an ingest worker", (environment) => {
  // A database of Redis that no process of the hub looks at: what is written there stays to be counted.
  const log = createLog("test", "silent");
  const redis = producerConnection(`${environment.redis}/9`, log);
  const queue = new Queue<Ticket>(QUEUES.release, { connection: redis, prefix: PREFIX, skipVersionCheck: true });
  const waiting = async () => (await queue.getWaiting()).map(({ data }) => data.id);

  beforeAll(async () => {
    await queue.waitUntilReady();
    await queue.obliterate({ force: true });
  });
  afterAll(async () => {
    await queue.obliterate({ force: true });
    await queue.close();
    redis.disconnect();
  });

  test("tell of a day's end always, also right after the wish to open it, and of a wish once in a while", async () => {
    // kills: an end that is held back as a repetition, so that a backfill day waits for the next look of the schedule
    let now = Date.now();
    const tickets = createTickets(redis, log, () => now);
    tickets.day(7, "2026-02-01");
    tickets.day(7, "2026-02-01");
    tickets.ended(7, "2026-02-01");
    tickets.ended(7, "2026-02-01");
    tickets.day(8, "2026-02-01");
    await untilEqual("tickets", 4, async () => (await waiting()).length);
    expect((await waiting()).sort()).toEqual([...Array<string>(3).fill("7.2026-02-01"), "8.2026-02-01"]);
    now += 250;
    tickets.day(7, "2026-02-01");
    await untilEqual("tickets", 5, async () => (await waiting()).length);
    await tickets.close();
  });
});
