import { isUuid } from "../../core/ids.ts";
import { slotId } from "./slot-id.ts";

describe("the id of a slot", () => {
  test("is the same UUID each time, so that a restored hub finds the draw again", () => {
    // kills: a random id, under which a second draw of the same window would be possible
    expect(slotId("people", 1, 0)).toBe(slotId("people", 1, 0));
    expect(isUuid(slotId("people", 1, 0))).toBe(true);
  });

  test("differs by dataset, version and window", () => {
    const ids = [slotId("people", 1, 0), slotId("people", 2, 0), slotId("people", 1, 600_000), slotId("cars", 1, 0)];
    expect(new Set(ids).size).toBe(4);
  });
});
