import { HubError } from "../../core/errors.ts";
import { callLocal } from "../../runtime/unix-http.ts";

/** Destroys the keys of a population and day; a repetition changes nothing. */
export type DestroyKey = (population: number, day: string) => Promise<void>;

/**
 * Orders destruction at the keyring's control socket.
 * @throws HubError KEYRING_UNAVAILABLE while it does not answer 200
 */
export const keyringAt =
  (socketPath: string): DestroyKey =>
  async (population, day) => {
    const answer = await callLocal(socketPath, "POST", "/destroy", { population, day }, 10_000).catch((cause) => {
      throw new HubError("KEYRING_UNAVAILABLE", "The keyring does not answer.", { cause });
    });
    if (answer.status !== 200) throw new HubError("KEYRING_UNAVAILABLE", "The keyring refused to destroy a key.");
  };
