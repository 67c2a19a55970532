import { Fault } from "../data/execute.ts";

/** The log's verifier key, as the hub publishes it. Whoever noted it down once can compare. */
export async function logKey(): Promise<string> {
  const response = await fetch("/log/key").catch(() => null);
  if (!response?.ok) throw new Fault("OFFLINE", "The log's key is not there.");
  return (await response.text()).trim();
}
