// A sequencer without pauses, to be killed. Environment: HUB_DATABASE_URL, KEYRING_CONTROL_SOCKET.
import { z } from "zod";
import { parseConfig, variables } from "../../../runtime/config.ts";
import { createPool } from "../../../runtime/postgres.ts";
import { logSignerAt } from "../../../workers/background/log-signer.ts";
import { sequence } from "../../../workers/background/sequence.ts";

const config = parseConfig({
  HUB_DATABASE_URL: variables.HUB_DATABASE_URL,
  KEYRING_CONTROL_SOCKET: z.string().min(1),
});
const hub = createPool(config.HUB_DATABASE_URL, { name: "sequencer" });
const signer = logSignerAt(config.KEYRING_CONTROL_SOCKET);
process.stdout.write("started\n");
for (;;) {
  try {
    const { signed } = await sequence(hub, signer, { origin: "hub.example/log", batchSeconds: 1 });
    if (signed) process.stdout.write("signed\n");
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.name : "fault"}\n`);
  }
}
