import { createPublicKey } from "node:crypto";
import { performance } from "node:perf_hooks";
import { BATCH_PATH } from "../../core/edge/batch.ts";
import { sealBatch } from "../../core/edge/envelope.ts";
import { verify } from "../../core/edge/signature.ts";
import { gaussian, laplace, sampleNoise } from "../../core/privacy/mechanism.ts";
import { makeSealKey } from "../../core/privacy/seal.ts";
import { batchBytes, makeDeviceKey, signBytes } from "../../tests/support/device.ts";
import { people } from "../../tests/support/readings.ts";
import { type Figure, figure } from "../figures.ts";
import { median, withSpread } from "../statistics.ts";

const ROUNDS = 5;
const READINGS = 500;

/** Times a piece of work that does `units` of something, five times after one warm-up; units a second. */
async function rates(units: number, work: () => unknown): Promise<number[]> {
  await work();
  const found: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await work();
    found.push((units * 1000) / (performance.now() - start));
  }
  return found;
}

/** What one process does by itself: draws, seals, verifications. */
export async function microFigures(): Promise<Figure[]> {
  const draws = await rates(500_000, () => sampleNoise(500_000, laplace(40)));
  const normal = await rates(500_000, () => sampleNoise(500_000, gaussian(1_200_000, 767)));

  const identity = { device: "pole-one", feed: "poles", keyid: "key-one", ...makeDeviceKey() };
  const body = batchBytes(identity, 1, people("subject", READINGS, 0));
  const { publicKey } = makeSealKey();
  const envelope = {
    batch: "one",
    population: 1,
    feed: "poles",
    device: "pole-one",
    keyDay: "2026-01-01",
    backfill: null,
  };
  const seals = await rates(500, () => {
    for (let i = 0; i < 500; i++) sealBatch(publicKey, envelope, body);
  });

  const signed = signBytes(identity, body);
  const device = { publicKey: createPublicKey(identity.privateKey) };
  const received = { method: "POST", path: BATCH_PATH, headers: signed.headers, body };
  const verifications = await rates(500, async () => {
    for (let i = 0; i < 500; i++) await verify(received, () => device);
  });

  const batch = `a batch of ${READINGS} readings, ${Math.round(body.length / 1024)} KiB`;
  return [
    figure("discrete Laplace draws, t = 40", median(draws), "1/s", "higher", {
      target: 500_000,
      note: `exact, CSPRNG; ${withSpread(draws)}`,
    }),
    figure("discrete Gaussian draws, σ² = 1 200 000/767", median(normal), "1/s", "higher", {
      target: 200_000,
      note: `exact, CSPRNG; ${(median(draws) / median(normal)).toFixed(1)} times the time of Laplace; ${withSpread(normal)}`,
    }),
    figure("HPKE seals", median(seals), "1/s", "higher", { target: 1_000, note: `${batch}; ${withSpread(seals)}` }),
    figure("signature verifications", median(verifications), "1/s", "higher", {
      target: 1_000,
      note: `Ed25519 and digest of ${batch}; ${withSpread(verifications)}`,
    }),
  ];
}
