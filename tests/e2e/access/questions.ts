// Questions that reach every field of the graph, made from its schema.
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
} from "graphql";

export type Known = {
  city: string;
  zone: string;
  datasets: readonly string[];
  period: { from: string; to: string };
};

/** A field, the shortest way to it, and a question for it. */
export type Question = { type: string; field: string; query: string };

const DEPTH = 4;

/** Values for arguments by name; undefined for one that is left out; null where nothing is known for one that is needed. */
function argument(name: string, inner: string, known: Known, dataset: string): string | null {
  const { from, to } = known.period;
  if (name === "period") return `{ from: "${from}", to: "${to}" }`;
  if (name === "first") return "3";
  if (name === "slug") return JSON.stringify(inner === "City" ? known.city : inner === "Zone" ? known.zone : dataset);
  if (name === "city") return JSON.stringify(known.city);
  return null;
}

/** The arguments of a field as text; null where one is needed that nothing is known for. */
function argumentsOf(field: GraphQLField<unknown, unknown>, known: Known, dataset: string): string | null {
  const inner = getNamedType(field.type).name;
  const given: string[] = [];
  for (const { name, type } of field.args) {
    const isWanted =
      isNonNullType(type) || name === "first" || name === "period" || (name === "city" && inner === "Zone");
    if (!isWanted) continue;
    const value = argument(name, inner, known, dataset);
    if (value === null) {
      if (isNonNullType(type) || isInputObjectType(getNamedType(type))) return null;
      continue;
    }
    given.push(`${name}: ${value}`);
  }
  return given.length === 0 ? "" : `(${given.join(", ")})`;
}

/** What is selected of an object: all that has no objects below it, and objects to a depth. */
function selection(
  type: GraphQLObjectType,
  known: Known,
  dataset: string,
  depth: number,
  seen: readonly string[],
): string {
  const parts = ["__typename"];
  for (const field of Object.values(type.getFields())) {
    const inner = getNamedType(field.type);
    const given = argumentsOf(field, known, dataset);
    if (given === null) continue;
    if (!isObjectType(inner)) parts.push(`${field.name}${given}`);
    else if (depth > 0 && !seen.includes(inner.name) && !isEntity(inner)) {
      parts.push(`${field.name}${given} ${selection(inner, known, dataset, depth - 1, [...seen, inner.name])}`);
    }
  }
  return `{ ${parts.join(" ")} }`;
}

/** Types that lead everywhere: they are reached, but not gone into. */
const isEntity = ({ name }: GraphQLObjectType): boolean => ["City", "Zone", "Dataset", "Organization"].includes(name);

/** One question for each field that leads to an object, from the root on; for each of the datasets where the way leads through one. */
export function questionsOf(schema: GraphQLSchema, known: Known): { asked: Question[]; skipped: string[] } {
  const root = schema.getQueryType();
  if (root == null) throw new Error("a graph has questions");
  const asked: Question[] = [];
  const skipped: string[] = [];
  for (const dataset of known.datasets) {
    const isFirst = dataset === known.datasets[0];
    const done = new Set<string>();
    const ways: { type: GraphQLObjectType; way: (inner: string) => string; viaDataset: boolean }[] = [
      { type: root, way: (inner) => `{ ${inner} }`, viaDataset: false },
    ];
    for (let next = ways.shift(); next !== undefined; next = ways.shift()) {
      const { type, way, viaDataset } = next;
      if (done.has(type.name)) continue;
      done.add(type.name);
      for (const field of Object.values(type.getFields())) {
        const inner = getNamedType(field.type);
        if (!isObjectType(inner)) continue;
        const given = argumentsOf(field, known, dataset);
        if (given === null) {
          if (isFirst) skipped.push(`${type.name}.${field.name}`);
          continue;
        }
        const through = viaDataset || inner.name === "Dataset";
        if (isFirst || through) {
          const query = way(
            `${field.name}${given} ${selection(inner, known, dataset, DEPTH, [type.name, inner.name])}`,
          );
          asked.push({ type: type.name, field: field.name, query });
        }
        ways.push({
          type: inner,
          way: (further) => way(`${field.name}${given} { ${further} }`),
          viaDataset: through,
        });
      }
    }
  }
  return { asked, skipped };
}

/** Every object of an answer whose type is named, with the type. */
export function* objectsOf(answer: unknown): Generator<{ type: string; object: Record<string, unknown> }> {
  if (Array.isArray(answer)) for (const entry of answer) yield* objectsOf(entry);
  else if (typeof answer === "object" && answer !== null) {
    const object = answer as Record<string, unknown>;
    if (typeof object["__typename"] === "string") yield { type: object["__typename"], object };
    for (const entry of Object.values(object)) yield* objectsOf(entry);
  }
}
