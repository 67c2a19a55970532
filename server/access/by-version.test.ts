import { byVersion } from "./by-version.ts";

describe("what holds for one version of access", () => {
  let version: number | null = 1;
  beforeEach(() => {
    version = 1;
  });
  const memory = (most = 10) => byVersion<string>(most, () => version);

  test("is told until the next version, and never again, not even when an old number comes back", () => {
    const kept = memory();
    kept.set("a", "one", 1);
    expect(kept.get("a")).toBe("one");
    version = 2;
    expect(kept.get("a")).toBeUndefined();
    version = 1;
    expect(kept.get("a")).toBeUndefined();
  });

  test("is neither told as such nor kept while no version is confirmed", () => {
    const kept = memory();
    kept.set("a", "one", 1);
    expect(kept.last("a")).toBeUndefined();
    version = null;
    expect([kept.get("a"), kept.last("a")]).toEqual([undefined, "one"]);
    kept.set("b", "two", null);
    version = 1;
    expect([kept.get("a"), kept.get("b")]).toEqual(["one", undefined]);
  });

  test("is not kept when the version changed while it was looked up", () => {
    const kept = memory();
    const asked = version;
    version = 2;
    kept.set("a", "of the first version", asked);
    expect(kept.get("a")).toBeUndefined();
  });

  test("loses the oldest when it is full", () => {
    const kept = memory(2);
    for (const name of ["a", "b", "c"]) kept.set(name, name, 1);
    expect(["a", "b", "c"].map(kept.get)).toEqual([undefined, "b", "c"]);
  });
});
