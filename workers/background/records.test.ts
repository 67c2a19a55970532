import { isUuid } from "../../core/ids.ts";
import { storedForm } from "./records.ts";

describe("the id of a processing record", () => {
  const record = { number: 1, at: "2026-11-21T00:00:00.000Z", kind: "KEY_CREATED", population: 1, day: "2026-11-21" };
  const signed = { ...record, keyring: "0".repeat(32), previous: "0".repeat(64), signature: "c2ln" };

  test.each([record, signed])("is the same each time, so that it is stored once by whichever copy", (one) => {
    expect(storedForm(one).id).toBe(storedForm({ ...one }).id);
    expect(isUuid(storedForm(one).id)).toBe(true);
  });

  test.each([record, signed])("differs for another record, also under the same number of a new keyring", (one) => {
    expect(storedForm({ ...one, at: "2026-11-22T00:00:00.000Z" }).id).not.toBe(storedForm(one).id);
    expect(storedForm({ ...one, number: 2 }).id).not.toBe(storedForm(one).id);
    expect(storedForm({ ...signed, keyring: "1".repeat(32) }).id).not.toBe(storedForm(signed).id);
  });
});
