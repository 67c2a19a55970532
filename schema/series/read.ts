import { HubError } from "../../core/errors.ts";
import { cellToParent, parseCell, resolutionOf } from "../../core/geo/cell.ts";
import type { H3Cell } from "../../core/ids.ts";
import { halfWidth } from "../../core/privacy/interval.ts";
import { mechanismOf, type NoiseRow } from "../../core/privacy/mechanism.ts";
import { STEPS, type Step, type TimeWindow } from "../../core/time.ts";
import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import { type AccessQuestion, type Granted, requireReadable } from "../access.ts";
import type { Context } from "../context.ts";
import { remembered } from "../remembered.ts";
import { type Cell, type ColumnName, type Columns, denseColumns, sumColumns } from "./columns.ts";
import {
  checkLength,
  checkPeriod,
  LEAVES_MAX,
  type Places,
  type Plan,
  TooManyLeaves,
  VALUES_MAX,
  type Windows,
  windowsIn,
} from "./question.ts";

const PLANS = statement(new URL("./series-plans.sql", import.meta.url));
const PLACES = statement(new URL("./series-places.sql", import.meta.url));
const COARSER = statement(new URL("./coarser.sql", import.meta.url));
const CELLS = statement(new URL("./series-cells.sql", import.meta.url));
const SPARSE = statement(new URL("./series-sparse.sql", import.meta.url));
const PROVENANCE = statement(new URL("./series-provenance.sql", import.meta.url));

export type AreaArguments = {
  places?: readonly string[] | null | undefined;
  zone?: string | null | undefined;
  within?: string | null | undefined;
  sum?: boolean | null | undefined;
};

export type SeriesArguments = {
  area?: AreaArguments | null | undefined;
  period: TimeWindow;
  step?: string | null | undefined;
  /** one version of the release plan alone; without it of each window the newest */
  version?: number | null | undefined;
};

/** A question that can be answered: which plans, windows and places. */
export type Question = {
  dataset: string;
  step: Step;
  plans: readonly [Plan, ...Plan[]];
  windows: Windows;
  places: Places;
  /** the most released values in one of the answer's values */
  leaves: number;
  /** under which licence its values count; null where none is needed */
  licence: string | null;
  /** what was asked for and granted: asked again while a download runs */
  access: AccessQuestion;
};

type PlanRow = Omit<Plan, "number" | "mechanism"> &
  NoiseRow & {
    number: number | null;
    timeZone: string;
  };

/**
 * Plans that have released are fixed (trigger `plan_is_fixed`), so what `series-plans.sql` answers of them is kept, by dataset
 * and places. What does change, new versions and the first release, is compared at every read. Who may read it is decided anew
 * for every question: nothing here is of anybody.
 */
const FIXED = remembered<readonly PlanRow[]>(1_000, 60_000);
const PLACES_KEPT = 20;

/**
 * Turns arguments into a question, refusing what would be answered badly.
 * @param unlimited the export asks without the limit on windows × cells, in parts
 * @throws HubError NOT_FOUND, BAD_USER_INPUT, PERIOD_INVALID, LIMIT_EXCEEDED, and what `requireReadable` refuses
 */
export async function ask(
  context: Context,
  dataset: string,
  asked: SeriesArguments,
  now: number,
  unlimited = false,
): Promise<Question> {
  const { hub } = context;
  const slugs = await chosen(hub, dataset, asked.area);
  const { rows } = await hub.query<PlanRow>({ ...PLANS, values: [dataset, slugs] });
  const key = fixedKey(dataset, asked.area);
  if (key !== null && rows.every(({ firstStart }) => firstStart !== null)) FIXED.set(key, rows, now);
  try {
    return await questionOf(context, dataset, rows, slugs, asked, now, unlimited);
  } catch (error) {
    if (!(error instanceof TooManyLeaves)) throw error;
    // Rule P6: above the limit the dataset that pays for its own coarse count is named.
    const coarser = await hub.query<{ slug: string }>({ ...COARSER, values: [dataset] });
    throw new TooManyLeaves(error.leaves, error.field ?? "step", error.step, coarser.rows[0]?.slug ?? null);
  }
}

/**
 * Asks and reads the values of a dense series in one statement, when its plans are remembered.
 * @returns null when they are not, or are no longer what they were, or refuse the question: then {@link ask}
 */
export async function askAndRead(
  context: Context,
  dataset: string,
  asked: SeriesArguments,
  now: number,
  wanted: readonly ColumnName[],
): Promise<{ question: Question; columns: Columns } | null> {
  // One version alone is rarely asked for.
  const key = asked.version == null ? fixedKey(dataset, asked.area) : null;
  const rows = key === null ? undefined : FIXED.get(key, now);
  if (key === null || rows === undefined) return null;
  let question: Question;
  try {
    question = await questionOf(context, dataset, rows, placesOf(asked.area), asked, now, false);
  } catch {
    return null; // refused anew, by what holds now
  }
  if (question.plans[0].threshold !== null || question.windows.leaves.length === 0) return null;
  const found = await readCells(context.hub, question);
  if (found?.cells != null && stillStands(question, found)) {
    return { question, columns: counted(context, question, columnsOf(question, found.cells, wanted)) };
  }
  FIXED.forget(key);
  return null;
}

/** Places that are named one by one, or all. */
const placesOf = (area: AreaArguments | null | undefined): string[] | null =>
  area?.places == null ? null : [...new Set(area.places)];

/** Null for areas that are looked up, and for long lists. */
function fixedKey(dataset: string, area: AreaArguments | null | undefined): string | null {
  if (area?.zone != null || area?.within != null) return null;
  const slugs = placesOf(area);
  if (slugs?.length === 0 || (slugs?.length ?? 0) > PLACES_KEPT) return null;
  return JSON.stringify([dataset, slugs]);
}

const stillStands = ({ plans }: Question, { plans: numbers, firstStart }: CellsRow): boolean =>
  firstStart === firstStartOf(plans) &&
  numbers.length === plans.length &&
  plans.every(({ number }, at) => number === numbers[at]);

const firstStartOf = (plans: readonly Plan[]): number | null =>
  plans.reduce<number | null>(
    (least, { firstStart }) => (firstStart === null ? least : Math.min(least ?? Infinity, firstStart)),
    null,
  );

async function questionOf(
  context: Context,
  dataset: string,
  rows: readonly PlanRow[],
  slugs: readonly string[] | null,
  { area, period, step: asked, version }: SeriesArguments,
  now: number,
  unlimited: boolean,
): Promise<Question> {
  const [first] = rows;
  if (first === undefined) throw new HubError("NOT_FOUND", "There is no such dataset.", { field: "dataset" });
  checkPeriod(period);
  const { granted, area: allowed } = await granting(context, {
    dataset,
    area: slugs,
    period,
    step: (asked ?? null) as Step | null,
  });
  const all = rows.flatMap(({ mechanism, n, d, number, ...row }): Plan[] =>
    number === null ? [] : [{ ...row, number, mechanism: mechanismOf({ mechanism, n, d }) }],
  );
  const [newest, ...older] = version == null ? all : all.filter((plan) => plan.version === version);
  if (newest === undefined && all.length > 0) {
    throw new HubError("BAD_USER_INPUT", "This dataset has no such version.", {
      field: "version",
      rule: "a version of the release plan or of a correction",
      fix: "take it from Series.method.versions, or leave it out",
    });
  }
  if (newest === undefined) {
    throw new HubError("BAD_USER_INPUT", "This dataset has no series: it is a list of facts.", {
      field: "dataset",
      rule: "a dataset with a release plan",
      fix: "ask for its incidents or stations instead",
    });
  }
  if (slugs !== null && newest.places < slugs.length) {
    throw new HubError("BAD_USER_INPUT", "The area names a place that this dataset does not have.", {
      field: "area",
      rule: "places of the dataset",
      fix: "take the slugs from Dataset.places",
    });
  }
  const plans = [newest, ...older] as const;
  const step = asked == null ? longer(granted.step ?? newest.step, newest.step) : (asked as Step);
  const windows = windowsIn(
    period,
    step,
    { ...newest, firstStart: firstStartOf(plans) },
    first.timeZone,
    Math.min(now, granted.until),
    unlimited ? Infinity : undefined,
  );
  const total = area?.sum ? (area.within ?? area.zone ?? "sum") : null;
  const leaves = windows.leavesPerBucket * (total === null ? 1 : newest.places);
  if (total !== null && !newest.additive) {
    throw new HubError("BAD_USER_INPUT", "Values of this dataset are not additive.", {
      field: "area.sum",
      rule: "only additive values are summed",
      fix: "ask without sum",
    });
  }
  if (leaves > LEAVES_MAX) throw new TooManyLeaves(leaves, total === null ? "step" : "area", newest.step);
  if (!unlimited && newest.threshold === null) {
    checkLength(
      windows.leaves.length / windows.leavesPerBucket,
      total === null ? newest.cells : newest.cells / newest.places,
    );
  }
  const { licence } = granted;
  const access = { dataset, area: allowed, period, step };
  return { dataset, step, plans, windows, places: { slugs, total }, leaves, licence, access };
}

/** Of a dataset whose values are longer than what is allowed all is allowed. */
const longer = (one: Step, other: Step): Step => (STEPS.indexOf(one) > STEPS.indexOf(other) ? one : other);

/** Who asks for all places and may read each of them need not name them. */
async function granting(
  context: Context,
  question: AccessQuestion,
): Promise<{ granted: Granted; area: AccessQuestion["area"] }> {
  try {
    return { granted: await requireReadable(context, question), area: question.area };
  } catch (error) {
    if (question.area !== null || !(error instanceof HubError) || error.code !== "LICENCE_SCOPE") throw error;
    const { rows } = await context.hub.query<PlaceRow>({ ...PLACES, values: [question.dataset, null] });
    if (rows.length === 0) throw error;
    const area = rows.map(({ slug }) => slug);
    try {
      return { granted: await requireReadable(context, { ...question, area }), area };
    } catch {
      throw error;
    }
  }
}

type PlaceRow = { slug: string; h3: string | null };

async function chosen(
  hub: Queryable,
  dataset: string,
  area: AreaArguments | null | undefined,
): Promise<string[] | null> {
  const ways = [area?.places, area?.zone, area?.within].filter((way) => way != null);
  if (area == null || ways.length === 0) return null;
  if (ways.length > 1) {
    throw new HubError("BAD_USER_INPUT", "An area is named in one way.", {
      field: "area",
      rule: "one of places, zone, within",
      fix: "give one of them",
    });
  }
  if (area.places != null && area.places.length > 0) return [...new Set(area.places)];
  const { rows } =
    area.places == null ? await hub.query<PlaceRow>({ ...PLACES, values: [dataset, area.zone ?? null] }) : { rows: [] };
  const cell = area.within == null ? null : parseCell(area.within);
  const slugs = rows.filter(({ h3 }) => cell === null || liesIn(h3, cell)).map(({ slug }) => slug);
  if (slugs.length > 0) return slugs;
  throw new HubError("BAD_USER_INPUT", "This dataset has no place in that area.", {
    field: "area",
    rule: "at least one place of the dataset",
    fix: "take the area from Dataset.places",
  });
}

/** By the cell's ancestor alone (rule P6): a point is never indexed again. */
const liesIn = (h3: string | null, parent: H3Cell): boolean =>
  h3 !== null &&
  resolutionOf(h3 as H3Cell) >= resolutionOf(parent) &&
  cellToParent(h3 as H3Cell, resolutionOf(parent)) === parent;

const EMPTY: Columns = {
  start: [],
  end: [],
  place: [],
  destination: [],
  category: [],
  value: [],
  signed: [],
  lower95: [],
  upper95: [],
  withheld: [],
  version: [],
  expected: 0,
  present: 0,
};

/**
 * Reads the wanted columns of a question: signed values as released, and what the view makes of them (rule P5).
 * @param most entries of a sparse dataset at most
 * @throws HubError LIMIT_EXCEEDED when a sparse answer has more
 */
export async function readColumns(
  context: Context,
  question: Question,
  wanted: readonly ColumnName[],
  most = VALUES_MAX,
): Promise<Columns> {
  if (question.windows.leaves.length === 0) return EMPTY;
  return counted(context, question, await read(context, question, wanted, most));
}

function counted({ access }: Context, { licence, dataset }: Question, columns: Columns): Columns {
  if (licence !== null) access.used(licence, dataset, columns.present);
  return columns;
}

async function read(
  { hub }: Context,
  question: Question,
  wanted: readonly ColumnName[],
  most: number,
): Promise<Columns> {
  const { plans, windows, places } = question;
  if (plans[0].threshold === null) {
    const found = await readCells(hub, question);
    if (found === undefined) throw new HubError("NOT_FOUND", "There is no such dataset.", { field: "dataset" });
    return columnsOf(question, found.cells ?? [], wanted);
  }
  const starts = windows.leaves.map(({ from }) => from);
  const ends = windows.leaves.map(({ to }) => to);
  const columns = await one(hub, SPARSE, [
    plans.map(({ number }) => number),
    starts,
    ends,
    places.slugs,
    plans.map(({ halfWidth95 }) => halfWidth95),
    wanted,
    most + 1,
  ]);
  if (columns.expected > most) checkLength(columns.expected, 1);
  return columns;
}

type CellsRow = { plans: number[]; firstStart: number | null; cells: Cell[] | null };

async function readCells(hub: Queryable, { dataset, plans, windows, places }: Question): Promise<CellsRow | undefined> {
  const numbers = plans.map(({ number }) => number);
  const [first, last] = [windows.leaves[0]?.from, windows.leaves.at(-1)?.from];
  const { rows } = await hub.query<CellsRow>({ ...CELLS, values: [dataset, numbers, places.slugs, first, last] });
  return rows[0];
}

function columnsOf(
  { plans, windows, places, leaves }: Question,
  cells: readonly Cell[],
  wanted: readonly ColumnName[],
): Columns {
  const versions = plans.map(({ number, version, halfWidth95 }) => ({ number, version, width: halfWidth95 }));
  if (windows.leavesPerBucket === 1 && places.total === null) {
    return denseColumns(cells, versions, windows.leaves, wanted);
  }
  const ofSums = Array.from({ length: leaves }, (_, nth) =>
    Math.max(...plans.map(({ mechanism }) => halfWidth(mechanism, nth + 1))),
  );
  return sumColumns(cells, versions, windows, places.total, ofSums, wanted);
}

async function one(
  hub: Queryable,
  { name, text }: { name: string; text: string },
  values: unknown[],
): Promise<Columns> {
  const { rows } = await hub.query<Columns>({ name, text, values });
  const [columns] = rows;
  if (columns === undefined) throw new Error("an aggregate answers one row");
  return columns.expected === 0 ? EMPTY : columns;
}

export type Behind = {
  releases: number;
  /** versions that count, and those of corrections among them */
  versions: number[];
  corrections: number[];
  slots: string[];
  firstLogIndex: number | null;
  lastLogIndex: number | null;
  publishedAt: number | null;
  thresholdsVersion: number | null;
};

/** The releases behind a question's windows. */
export async function readProvenance(hub: Queryable, { plans, windows }: Question): Promise<Behind> {
  const span = [windows.leaves[0]?.from ?? 0, windows.leaves.at(-1)?.to ?? 0];
  const { rows } = await hub.query<Behind>({ ...PROVENANCE, values: [plans.map(({ number }) => number), ...span] });
  const [behind] = rows;
  if (behind === undefined) throw new Error("an aggregate answers one row");
  return behind;
}
