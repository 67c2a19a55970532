import { EXTERNAL } from "../settings.ts";
import { waitForStore } from "./probe.ts";
import type { Stack, StackOptions } from "./types.ts";

/** Stores that run elsewhere: nothing is started, each is asked whether it answers. */
export async function openExternal({ settings, progress, signal }: StackOptions): Promise<Stack> {
  const addresses = settings.external;
  if (addresses === null) throw new TypeError("no external stores are set");
  await progress.step("stores of your own", async () => {
    for (const [store, variable] of Object.entries(EXTERNAL))
      await waitForStore(variable, addresses[store as keyof typeof EXTERNAL], { limitMs: 10_000, signal });
    return "all four answer";
  });
  return { kind: "external", addresses, children: [], stop: async () => {} };
}
