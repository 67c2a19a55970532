import fc from "fast-check";
import { HubError } from "../errors.ts";
import { kill } from "../testing/mutant.ts";
import * as padding from "./padding.ts";

const FILE = new URL("./padding.ts", import.meta.url);
type Padding = typeof padding;

function hidesTheSize({ sizeClass }: Padding): void {
  const sizes = new Set<number>();
  let last = 0;
  for (let length = 0; length <= 1_000_000; length += 7) {
    const size = sizeClass(length);
    if (size < last || size < length + 4) throw new Error("a class is too small or out of order");
    if (length > 4096 && size > length * 1.12) throw new Error("padded by more than 12 %");
    sizes.add(size);
    last = size;
  }
  expect(sizes.size).toBeLessThan(200);
  expect([...sizes].slice(0, 5)).toEqual([256, 512, 1024, 2048, 4096]);
}

function refusesForeign({ pad, unpad }: Padding): void {
  const good = pad(Buffer.from("twelve people"));
  const refused = (bytes: Buffer): void => {
    expect(() => unpad(bytes)).toThrow(HubError);
  };
  refused(Buffer.alloc(0));
  refused(good.subarray(0, 255));
  refused(Buffer.concat([good, Buffer.alloc(256)]));
  for (const at of [0, 1, 20, 255]) {
    const changed = Buffer.from(good);
    changed.writeUInt8(1, at);
    refused(changed);
  }
}

describe("padding", () => {
  it("hides the size in few classes and costs at most 12 % above 4 kB", () => hidesTheSize(padding));
  it("refuses what it did not make", () => refusesForeign(padding));

  it("returns the payload unchanged", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9000 }), (payload) => {
        expect(padding.unpad(padding.pad(payload)).equals(payload)).toBe(true);
      }),
    );
  });

  it.each([
    { name: "size told to the byte", from: "Math.ceil(total / unit) * unit", to: "total" },
    { name: "power of two classes", from: "exponent - significant", to: "exponent" },
  ])("notices: $name", (mutant) => kill<Padding>(FILE, mutant, hidesTheSize));

  it.each([
    { name: "rest not checked", from: "if (bytes[i] !== 0)", to: "if (bytes[i] === 300)" },
    {
      name: "size not checked",
      from: "length < 0 || sizeClass(length) !== bytes.length",
      to: "length < 0 || length > bytes.length",
    },
  ])("notices: $name", (mutant) => kill<Padding>(FILE, mutant, refusesForeign));
});
