/** One step of a long command, as it is told to whoever watches. */
export type StepEvent = {
  type: "step";
  title: string;
  state: "running" | "done" | "failed";
  detail: string | null;
  seconds: number;
};

export type Progress = {
  /**
   * Runs one step and tells its beginning, its details and its end with the time it took.
   * @param work what it returns is the step's closing detail, or [result, closing detail]
   */
  step<T>(title: string, work: (detail: (text: string) => void) => Promise<[T, string]>): Promise<T>;
  step(title: string, work: (detail: (text: string) => void) => Promise<string | undefined>): Promise<undefined>;
};

/** Tells each step to `emit`. */
export function progressTo(emit: (event: StepEvent) => void): Progress {
  const step = async (
    title: string,
    work: (detail: (text: string) => void) => Promise<string | undefined | [unknown, string]>,
  ): Promise<unknown> => {
    const begun = performance.now();
    const tell = (state: StepEvent["state"], detail: string | null): void =>
      emit({ type: "step", title, state, detail, seconds: (performance.now() - begun) / 1000 });
    tell("running", null);
    try {
      const outcome = await work((text) => tell("running", text));
      const [result, detail] = Array.isArray(outcome) ? outcome : [undefined, outcome ?? null];
      tell("done", detail);
      return result;
    } catch (error) {
      tell("failed", null);
      throw error;
    }
  };
  return { step } as Progress;
}

export type Printer = {
  print(event: StepEvent): void;
  /** Takes a running step away without a line of its own. */
  drop(title: string): void;
  close(): void;
};

type Output = Pick<NodeJS.WriteStream, "write"> & { isTTY?: boolean | undefined; columns?: number | undefined };

/**
 * Writes steps for a person: one line each when it is done, and on a terminal a last line that says what is under way.
 * Away from terminals there is no cursor control, and a long step says how far it is every ten seconds.
 */
export function stepPrinter(output: Output, environment: NodeJS.ProcessEnv = process.env): Printer {
  const live = output.isTTY === true && environment["TERM"] !== "dumb";
  const colour = live && !environment["NO_COLOR"];
  const paint = (code: number, text: string): string => (colour ? `\x1b[${code}m${text}\x1b[0m` : text);
  const running = new Map<string, { detail: string | null; since: number; saidAt: number }>();
  let drawn = false;

  const clear = (): void => {
    if (drawn) output.write("\r\x1b[K");
    drawn = false;
  };
  const draw = (): void => {
    if (!live || running.size === 0) return;
    clear();
    const parts = [...running].map(
      ([title, step]) =>
        `${title}${step.detail ? ` (${step.detail})` : ""} ${Math.floor((Date.now() - step.since) / 1000)} s`,
    );
    output.write(`  … ${parts.join(" · ")}`.slice(0, (output.columns || 80) - 1));
    drawn = true;
  };
  const ticker = live ? setInterval(draw, 500) : undefined;
  ticker?.unref();

  return {
    print({ title, state, detail, seconds }) {
      const known = running.get(title);
      if (state === "running") {
        const step = { detail, since: known?.since ?? Date.now(), saidAt: known?.saidAt ?? Date.now() };
        if (!live && detail !== null && Date.now() - step.saidAt >= 10_000) {
          output.write(`  … ${title}: ${detail} (${Math.floor(seconds)} s)\n`);
          step.saidAt = Date.now();
        }
        running.set(title, step);
        draw();
        return;
      }
      running.delete(title);
      clear();
      const mark = state === "done" ? paint(32, "✓") : paint(31, "✗");
      const line = `  ${mark} ${title.padEnd(22)}${seconds.toFixed(1).padStart(7)} s`;
      output.write(`${detail ? `${line}  ${paint(2, detail)}` : line}\n`);
      draw();
    },
    drop(title) {
      running.delete(title);
      clear();
    },
    close() {
      clearInterval(ticker);
      clear();
      running.clear();
    },
  };
}
