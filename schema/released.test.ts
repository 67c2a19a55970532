import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildSchema, isObjectType } from "graphql";
import { METADATA, NO_VALUES, READERS, ROUTES, VALUES } from "./released.ts";

const ROOT = join(import.meta.dirname, "..");
const text = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const sorted = (names: Iterable<string>): string[] => [...names].sort();

test("every type of the graph has its place: it holds released values, or it is said why it holds none", () => {
  const schema = buildSchema(text("schema/sdl/api.graphqls"));
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith("__"));
  const placed = [...Object.keys(VALUES), ...Object.values(NO_VALUES).flat()];
  expect(sorted(placed)).toEqual(sorted(types.map(({ name }) => name)));
  for (const [name, fields] of Object.entries(VALUES)) {
    const type = schema.getType(name);
    expect(Object.keys(isObjectType(type) ? type.getFields() : {})).toEqual(expect.arrayContaining([...fields]));
  }
});

test("every question to the database that looks at released values is known", () => {
  const files = ["schema/**/*.sql", "server/**/*.sql"].flatMap((pattern) => globSync(pattern, { cwd: ROOT }));
  const reading = files.filter((file) => /\bopen\.(published_)?(observation|event|availability)\b/.test(text(file)));
  expect(sorted(reading.map((file) => basename(file, ".sql")))).toEqual(sorted([...READERS, ...METADATA]));
});

test("no code reads the released tables but by such a file", () => {
  const files = ["schema/**/*.ts", "server/**/*.ts"].flatMap((pattern) => globSync(pattern, { cwd: ROOT }));
  const reading = files.filter(
    (file) =>
      !file.endsWith(".test.ts") &&
      /\b(FROM|JOIN) open\.(published_)?(observation|event|availability)\b/.test(text(file)),
  );
  expect(reading).toEqual([]);
});

test("every path of the front door is known", () => {
  const found = [...text("server/front/router.ts").matchAll(/path(?:\.startsWith\(| === )"([^"]+)"/g)].map(
    ([, path]) => path,
  );
  expect(sorted(new Set(found as string[]))).toEqual(sorted(Object.keys(ROUTES)));
});
