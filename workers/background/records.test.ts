import { isUuid } from "../../core/ids.ts";
import { recordId } from "./records.ts";

describe("the id of a processing record", () => {
  const record = { number: 1, at: "2026-11-21T00:00:00.000Z", kind: "KEY_CREATED", population: 1, day: "2026-11-21" };

  test("is the same each time, so that it is stored once by whichever copy", () => {
    expect(recordId(record)).toBe(recordId({ ...record }));
    expect(isUuid(recordId(record))).toBe(true);
  });

  test("differs for another record, also under the same number of a new keyring", () => {
    expect(recordId({ ...record, at: "2026-11-22T00:00:00.000Z" })).not.toBe(recordId(record));
    expect(recordId({ ...record, number: 2 })).not.toBe(recordId(record));
  });
});
