import { Redis } from "ioredis";

/**
 * Tests on a real Redis: that of the running hub. Without one they are skipped, and say why.
 * @param body registers the tests; the connection stands from before the first to after the last
 */
export function onRedis(title: string, body: (redis: () => Redis) => void): void {
  const url = process.env["REDIS_URL"];
  if (!url) {
    const reason = "needs Redis: REDIS_URL not set";
    describe.skip(title, () => {
      test.todo(reason);
    });
    process.stderr.write(`skipped: ${title}: ${reason}\n`);
    return;
  }
  describe(title, () => {
    let redis: Redis | undefined;
    beforeAll(async () => {
      redis = new Redis(url, { lazyConnect: true });
      await redis.connect();
    });
    afterAll(() => redis?.disconnect());
    body(() => {
      if (redis === undefined) throw new Error("the connection is not there yet");
      return redis;
    });
  });
}
