/** Tells how far a long step is: a bar on a terminal, a line now and then elsewhere. Always on standard error. */
export type Progress = {
  step(title: string, total: number | null): void;
  at(done: number, note?: string): void;
  end(note?: string): void;
};

const WIDTH = 28;
const REDRAW_MS = 100;
const LINE_EVERY_MS = 10_000;

/**
 * @param out standard error
 * @param isPlain true: no redrawing, because it is not a terminal; colours are never used
 */
export function createProgress(out: NodeJS.WritableStream, isPlain: boolean): Progress {
  let title = "";
  let total: number | null = null;
  let drawn = 0;
  let started = 0;
  const seconds = (): string => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const text = (done: number, note: string): string => {
    const tail = note === "" ? "" : `  ${note}`;
    if (total === null || total === 0) return `${title}  ${done.toLocaleString("en")}${tail}`;
    const share = Math.min(1, done / total);
    const full = Math.round(share * WIDTH);
    return `${title}  ${"█".repeat(full)}${"░".repeat(WIDTH - full)} ${String(Math.floor(share * 100)).padStart(3)} %${tail}`;
  };
  return {
    step(next, all) {
      title = next;
      total = all;
      started = Date.now();
      drawn = isPlain ? started : 0;
      if (isPlain) out.write(`${title} …\n`);
    },
    at(done, note = "") {
      const now = Date.now();
      if (now - drawn < (isPlain ? LINE_EVERY_MS : REDRAW_MS)) return;
      drawn = now;
      out.write(isPlain ? `${text(done, note)}\n` : `\r\u001b[K${text(done, note)}`);
    },
    end(note = "") {
      const line = `${title}  ${note === "" ? "" : `${note}  `}${seconds()}\n`;
      out.write(isPlain ? line : `\r\u001b[K${line}`);
    },
  };
}
