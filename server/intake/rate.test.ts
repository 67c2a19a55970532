import { HubError } from "../../core/errors.ts";
import { createRateLimit } from "./rate.ts";

let now = 0;
const refused = (take: () => void): number | null => {
  try {
    take();
    return null;
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== "RATE_LIMITED") throw error;
    return error.retryAfter ?? null;
  }
};

test("a burst is taken, then what flows in, and the rest is told when to come back", () => {
  const limit = createRateLimit(2, 3, () => now);
  for (let i = 0; i < 3; i++) expect(refused(() => limit("a"))).toBeNull();
  expect(refused(() => limit("a"))).toBe(1);
  now += 500;
  expect(refused(() => limit("a"))).toBeNull();
  expect(refused(() => limit("a"))).toBe(1);
});

test("devices do not use up each other's share", () => {
  const limit = createRateLimit(1, 1, () => now);
  expect(refused(() => limit("a"))).toBeNull();
  expect(refused(() => limit("a"))).toBe(1);
  expect(refused(() => limit("b"))).toBeNull();
});
