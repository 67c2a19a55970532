import { GraphQLError, Kind, type ValueNode } from "graphql";
import { formatInstant, isDay, parseInstant } from "../core/time.ts";
import type { Builder } from "./builder.ts";

/** A column of a series: the parallel list as the database made it. */
export type Column = readonly (number | string | null)[];

export type Scalars = {
  ID: { Input: string; Output: string };
  DateTime: { Input: number; Output: number };
  Date: { Input: string; Output: string };
  Duration: { Input: string; Output: string };
  BigInt: { Input: number; Output: number };
  GeoJSON: { Input: never; Output: object };
  H3Cell: { Input: string; Output: string };
  TimeColumn: { Input: never; Output: Column };
  IntColumn: { Input: never; Output: Column };
  TextColumn: { Input: never; Output: Column };
  Terms: { Input: never; Output: object };
};

const text = (name: string, value: unknown): string => {
  if (typeof value === "string") return value;
  throw new GraphQLError(`${name} is written as text.`, { extensions: { code: "BAD_USER_INPUT" } });
};

const literal = (name: string, node: ValueNode): string =>
  text(name, node.kind === Kind.STRING ? node.value : undefined);

function instant(value: unknown): number {
  const parsed = parseInstant(text("DateTime", value));
  if (parsed !== null) return parsed;
  throw new GraphQLError("DateTime is RFC 3339 with seconds and an offset, such as 2026-11-21T09:00:00Z.", {
    extensions: { code: "BAD_USER_INPUT" },
  });
}

function day(value: unknown): string {
  const given = text("Date", value);
  if (isDay(given)) return given;
  throw new GraphQLError("Date is a day of the calendar, such as 2026-11-21.", {
    extensions: { code: "BAD_USER_INPUT" },
  });
}

/** A whole number that a JSON number holds exactly, of a number or its digits. */
function wholeNumber(value: unknown): number {
  const number = typeof value === "string" && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  throw new GraphQLError("BigInt is a whole number between −(2^53 − 1) and 2^53 − 1.", {
    extensions: { code: "BAD_USER_INPUT" },
  });
}

function matching(name: string, pattern: RegExp, example: string) {
  const parse = (value: unknown): string => {
    const given = text(name, value);
    if (pattern.test(given)) return given;
    throw new GraphQLError(`${name} is written such as ${example}.`, { extensions: { code: "BAD_USER_INPUT" } });
  };
  return { serialize: String, parseValue: parse, parseLiteral: (node: ValueNode) => parse(literal(name, node)) };
}

const outputOnly = (name: string) => () => {
  throw new GraphQLError(`${name} is only answered.`, { extensions: { code: "BAD_USER_INPUT" } });
};

/** The scalars every subgraph shares; a column passes through untouched. */
export function addScalars(builder: Builder): void {
  builder.scalarType("DateTime", {
    description: "An instant: RFC 3339 with seconds and an offset; answered in UTC.",
    serialize: (value) => formatInstant(value as number),
    parseValue: instant,
    parseLiteral: (node) => instant(literal("DateTime", node)),
  });
  builder.scalarType("Date", {
    description: "A local calendar day, YYYY-MM-DD.",
    serialize: String,
    parseValue: day,
    parseLiteral: (node) => day(literal("Date", node)),
  });
  builder.scalarType("Duration", {
    description: "A length of time as ISO 8601 writes it: PT10M, PT1H, P1D, P1M.",
    ...matching("Duration", /^P(?!$)(\d+Y)?(\d+M)?(\d+D)?(T(?!$)(\d+H)?(\d+M)?(\d+S)?)?$/, "PT1H"),
  });
  builder.scalarType("BigInt", {
    description: "A whole number up to 2^53 − 1, written as a JSON number.",
    serialize: wholeNumber,
    parseValue: wholeNumber,
    parseLiteral: (node) => wholeNumber(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined),
  });
  builder.scalarType("H3Cell", {
    description: "An H3 cell index in hexadecimal.",
    ...matching("H3Cell", /^8[0-9a-f]{14}$/, "8930e1d8b4bffff"),
  });
  const columns = {
    GeoJSON: "A GeoJSON geometry (RFC 7946), WGS 84.",
    TimeColumn: "A column of a series: epoch milliseconds.",
    IntColumn: "A column of a series: integers, null where the value is withheld.",
    TextColumn: "A column of a series: texts, null where there is none.",
  } as const;
  for (const [name, description] of Object.entries(columns)) {
    builder.scalarType(name as keyof typeof columns, {
      description,
      serialize: (value) => value,
      parseValue: outputOnly(name),
      parseLiteral: outputOnly(name),
    });
  }
}
