import fc from "fast-check";
import { checkOptionalText, checkText } from "./plain-text.ts";

const fine = (text: string, limits = { max: 100 }) => checkText("name", text, limits).length === 0;

test("what people write passes: Korean, emoji with joiners, signs, markup as the text that it is", () => {
  for (const text of ["빵집", "Café & Söhne", "👩‍🌾 농장", "<b>fat</b>", "=1+1", "a'b\"c`d"])
    expect([text, fine(text)]).toEqual([text, true]);
});

test("what hides or turns around what is read does not", () => {
  for (const sign of [
    "\u0000",
    "\u0007",
    "\u001b",
    "\u007f",
    "\u0085",
    "\u200e",
    "\u202e",
    "\u2066",
    "\u2028",
    "\ufeff",
    "\u{e0041}",
    "\ud800",
  ]) {
    expect([sign, fine(`a${sign}b`)]).toEqual([sign, false]);
  }
  expect([fine("a\nb"), checkText("body", "a\n\tb", { max: 10, lines: true })]).toEqual([false, []]);
  expect(checkText("body", "a\rb", { max: 10, lines: true })).toHaveLength(1);
});

test("length is counted in characters, and nothing but blanks is nothing", () => {
  expect([fine("🥐".repeat(100)), fine("🥐".repeat(101)), fine("   "), fine("")]).toEqual([true, false, false, false]);
  expect(checkText("why", `${" ".repeat(30)}short`, { min: 10, max: 100 })).toHaveLength(1);
  expect([checkOptionalText("why", null, { max: 1 }), checkOptionalText("why", undefined, { max: 1 })]).toEqual([
    [],
    [],
  ]);
});

test("a fault never repeats what was written", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 101, maxLength: 200 }), (text) => {
      const faults = checkText("name", text, { max: 100 });
      expect(JSON.stringify(faults)).not.toContain(text);
    }),
  );
});
