import fc from "fast-check";
import { kill } from "../testing/mutant.ts";
import * as closing from "./closing.ts";

const FILE = new URL("./closing.ts", import.meta.url);
type Closing = typeof closing;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WINDOW = { from: 0, to: 10 * MINUTE };
const DAY = { from: 0, to: 24 * HOUR };
const END = WINDOW.to + MINUTE;
const done = (receivedAt: number): closing.InboxState => ({ receivedAt, processed: true });
const open = (receivedAt: number): closing.InboxState => ({ receivedAt, processed: false });

function closesInTime({ mayClose }: Closing): void {
  expect(mayClose(WINDOW, END - 1, [])).toBe(false);
  expect(mayClose(WINDOW, END, [])).toBe(false);
  expect(mayClose(WINDOW, END + 4999, [])).toBe(false);
  expect(mayClose(WINDOW, END + 5000, [])).toBe(true);
  // A batch of the last second is waited for, however long it takes.
  expect(mayClose(WINDOW, END + HOUR, [done(5), open(END - 1)])).toBe(false);
  expect(mayClose(WINDOW, END + HOUR, [open(WINDOW.to - 1)])).toBe(false);
  expect(mayClose(WINDOW, END + HOUR, [open(WINDOW.to + 1)])).toBe(false);
  expect(mayClose(WINDOW, END + HOUR, [done(END - 1), open(END)])).toBe(true);
}

function acceptsInTime({ acceptTime }: Closing): void {
  const received = 100 * HOUR;
  expect(acceptTime(received - 6 * HOUR, received)).toBe("ACCEPTED");
  expect(acceptTime(received - 6 * HOUR - 1, received)).toBe("ROW_TOO_OLD");
  expect(acceptTime(received + 2 * MINUTE, received)).toBe("ACCEPTED");
  expect(acceptTime(received + 2 * MINUTE + 1, received)).toBe("ROW_FUTURE");
  expect(acceptTime(Number.NaN, received)).not.toBe("ACCEPTED");
}

function sealsInTime({ maySeal }: Closing): void {
  const due = DAY.to + 6 * HOUR;
  const limit = due + 6 * HOUR;
  expect(maySeal(DAY, due, [], 0)).toBe("WAIT");
  expect(maySeal(DAY, due + 5000, [], 0)).toBe("SEAL");
  expect(maySeal(DAY, due + 5000, [], 1)).toBe("WAIT");
  expect(maySeal(DAY, due + 5000, [open(due - 1)], 0)).toBe("WAIT");
  expect(maySeal(DAY, due + 5000, [open(due), done(due - 1)], 0)).toBe("SEAL");
  expect(maySeal(DAY, limit - 1, [open(due - 1)], 0)).toBe("WAIT");
  expect(maySeal(DAY, limit, [open(due - 1)], 0)).toBe("SEAL_WITH_LOSS");
  expect(maySeal(DAY, limit, [], 2)).toBe("SEAL_WITH_LOSS");
  expect(maySeal(DAY, limit, [], 0)).toBe("SEAL");
}

describe("the closing rule", () => {
  it("closes a window after grace and intake time, when all that was received before is processed", () =>
    closesInTime(closing));
  it("takes events within lateness and skew of the time their batch was received", () => acceptsInTime(closing));
  it("seals a day after its lateness, at the latest six hours after that", () => sealsInTime(closing));

  it("closes a backfill day on its marker once everything is processed, without waiting", () => {
    expect(closing.mayCloseBackfill(true, [done(1)])).toBe(true);
    expect(closing.mayCloseBackfill(true, [done(1), open(2)])).toBe(false);
    expect(closing.mayCloseBackfill(false, [done(1)])).toBe(false);
  });

  it("loses no event that a device sent within the grace and that was accepted", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: WINDOW.to - 1 }),
        fc.integer({ min: 0, max: 50_000 }),
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 20 * HOUR }),
        (event, delay, transaction, processing) => {
          const receivedAt = event + delay;
          const visibleAt = receivedAt + transaction;
          const processedAt = visibleAt + processing;
          for (let now = 0; now < processedAt; now += Math.max(1000, processing / 50)) {
            const inbox = now >= visibleAt ? [open(receivedAt)] : [];
            expect(closing.mayClose(WINDOW, now, inbox)).toBe(false);
          }
        },
      ),
    );
  });

  it.each([
    { name: "no grace", from: "return window.to + clock.graceMs;", to: "return window.to;" },
    {
      name: "intake not waited for",
      from: "watermark(window, clock) + clock.intakeMs;",
      to: "watermark(window, clock);",
    },
    { name: "unprocessed batches forgotten", from: "&& !unprocessedBefore(watermark(window, clock), inbox)", to: "" },
    {
      name: "only batches before the window's end",
      from: "!unprocessedBefore(watermark(window, clock), inbox)",
      to: "!unprocessedBefore(window.to, inbox)",
    },
    { name: "any later batch holds it up", from: "&& row.receivedAt < time", to: "" },
  ])("notices: $name", (mutant) => kill<Closing>(FILE, mutant, closesInTime));

  it.each([
    {
      name: "no lateness limit",
      from: 'if (!(eventAt >= receivedAt - clock.latenessMs)) return "ROW_TOO_OLD";',
      to: "",
    },
    { name: "no skew limit", from: "eventAt <= receivedAt + clock.skewMs", to: "true" },
  ])("notices: $name", (mutant) => kill<Closing>(FILE, mutant, acceptsInTime));

  it.each([
    { name: "sealed with windows open", from: "openWindows === 0 && ", to: "" },
    { name: "sealed at the end of the day", from: "const due = day.to + clock.latenessMs;", to: "const due = day.to;" },
    { name: "never sealed after a loss", from: '? "SEAL_WITH_LOSS" : "WAIT"', to: '? "WAIT" : "WAIT"' },
  ])("notices: $name", (mutant) => kill<Closing>(FILE, mutant, sealsInTime));
});
