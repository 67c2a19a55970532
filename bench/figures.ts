/** One measured figure. `target` and `pass` are null where a figure only informs. */
export type Figure = {
  name: string;
  value: number;
  unit: string;
  better: "higher" | "lower";
  target: number | null;
  pass: boolean | null;
  note: string;
};

/** Makes a figure and judges it; the value keeps four significant digits. */
export function figure(
  name: string,
  value: number,
  unit: string,
  better: Figure["better"],
  options: { target?: number; note?: string } = {},
): Figure {
  const target = options.target ?? null;
  const pass = target === null ? null : better === "higher" ? value >= target : value <= target;
  return { name, value: Number(value.toPrecision(4)), unit, better, target, pass, note: options.note ?? "" };
}

const NUMBER = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });

/** The table of a report: one line a figure, numbers to the right, notes below. */
export function table(figures: readonly Figure[]): string {
  const head = ["figure", "value", "unit", "target", ""];
  const body = figures.map(({ name, value, unit, better, target, pass }) => [
    name,
    NUMBER.format(value),
    unit,
    target === null ? "" : `${better === "higher" ? "≥" : "≤"} ${NUMBER.format(target)}`,
    pass === null ? "" : pass ? "ok" : "MISSED",
  ]);
  const widths = head.map((title, at) => Math.max(title.length, ...body.map((line) => line[at]?.length ?? 0)));
  const toRight = new Set([1, 3]);
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, at) => (toRight.has(at) ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd();
  const notes = figures.filter(({ note }) => note !== "").map(({ name, note }) => `  ${name}: ${note}`);
  return [line(head), ...body.map(line), "", ...notes, ""].join("\n");
}
