import { findServers, openStage, type Stage } from "./stage.ts";

/**
 * Tests that start from a real PostgreSQL. Without one they are skipped, and say why.
 * @param body registers the tests; the stage stands from before the first to after the last
 */
export function onStage(title: string, body: (stage: () => Stage) => void): void {
  const servers = findServers();
  if ("reason" in servers) {
    describe.skip(title, () => {
      test.todo(servers.reason);
    });
    process.stderr.write(`skipped: ${title}: ${servers.reason}\n`);
    return;
  }
  describe(title, () => {
    let stage: Stage | undefined;
    beforeAll(async () => {
      stage = await openStage(servers);
    }, 60_000);
    afterAll(async () => stage?.close(), 60_000);
    body(() => {
      if (stage === undefined) throw new Error("the stage is not there yet");
      return stage;
    });
  });
}
