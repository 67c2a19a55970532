import { decapsulate, makeSealKey } from "../privacy/seal.ts";
import { type Envelope, openBatch, openReading, sealBatch, sealReading } from "./envelope.ts";

const ENVELOPE: Envelope = {
  batch: "018f0000-0000-7000-8000-000000000001",
  population: 3,
  feed: "sangmu-people",
  device: "sangmu-pole-01",
  keyDay: "2026-11-21",
  backfill: null,
};
const key = makeSealKey();
const BODY = Buffer.from('{"readings":[]}');

test("a batch opens under the name it was sealed under, and its length shows only as a size class", () => {
  const { enc, ciphertext } = sealBatch(key.publicKey, ENVELOPE, BODY);
  expect(openBatch(decapsulate(key.privateKey, enc), ENVELOPE, ciphertext)).toEqual(BODY);
  expect(ciphertext).toHaveLength(256 + 16);
});

test.each([
  ["batch", "018f0000-0000-7000-8000-000000000002"],
  ["population", 4],
  ["feed", "sangmu-vehicles"],
  ["device", "sangmu-pole-02"],
  ["keyDay", "2026-11-22"],
  ["backfill", "018f0000-0000-4000-8000-000000000001"],
])("moved to another %s it does not open", (part, value) => {
  const { enc, ciphertext } = sealBatch(key.publicKey, ENVELOPE, BODY);
  const moved = { ...ENVELOPE, [part]: value };
  expect(() => openBatch(decapsulate(key.privateKey, enc), moved, ciphertext)).toThrow("SEAL_INVALID");
});

test("a quarantined reading opens at its own position alone", () => {
  const { enc, ciphertext } = sealReading(key.publicKey, ENVELOPE, 7, '{"type":"x"}');
  const secret = decapsulate(key.privateKey, enc);
  expect(openReading(secret, ENVELOPE, 7, ciphertext)).toBe('{"type":"x"}');
  expect(() => openReading(secret, ENVELOPE, 8, ciphertext)).toThrow("SEAL_INVALID");
  expect(() => openBatch(secret, ENVELOPE, ciphertext)).toThrow("SEAL_INVALID");
});
