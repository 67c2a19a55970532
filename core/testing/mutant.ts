import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";

/** One deliberate fault: in the source, `from` (found exactly once) becomes `to`. */
export type Mutant = { readonly name: string; readonly from: string; readonly to: string };

/** What must hold of a module; throws when it does not. */
export type Property<M> = (module: M) => void | Promise<void>;

/**
 * Shows that a property would notice a fault: it holds for a fresh copy of the module, and fails for the copy with the
 * mutant's fault. Throws when the mutant survives, or when its text is no longer in the source.
 */
export async function kill<M>(file: URL, mutant: Mutant, property: Property<M>): Promise<void> {
  const faulty = await mutate<M>(file, mutant);
  await property(await load<M>(file, readFileSync(file, "utf8")));
  let killed = false;
  try {
    await property(faulty);
  } catch {
    killed = true;
  }
  if (!killed) throw new Error(`the mutant "${mutant.name}" survives`);
}

/** Modules that a copy imports in place of the real ones, by specifier as it stands in the source. */
export type Imports = Readonly<Record<string, unknown>>;

/**
 * A copy of the module with the mutant's fault.
 * @param imports faulty copies of what the module imports, so that a fault shows where the module is used
 * @throws Error when the mutant's text is not exactly once in the source
 */
export async function mutate<M>(file: URL, mutant: Mutant, imports: Imports = {}): Promise<M> {
  const source = readFileSync(file, "utf8");
  if (source.split(mutant.from).length !== 2) throw new Error(`"${mutant.from}" is not once in ${file.pathname}`);
  return load<M>(
    file,
    source.replace(mutant.from, () => mutant.to),
    imports,
  );
}

/** A copy of the module as it is, with other modules to import. */
export const relink = <M>(file: URL, imports: Imports): Promise<M> =>
  load<M>(file, readFileSync(file, "utf8"), imports);

const IMPORT = /^import (?:type )?\{([^}]*)\} from "([^"]+)";$/gm;
const EXPORT = /^export (?=(?:async )?(?:function|const|let|class) ?\*? ?([\w$]+))/gm;

/** Evaluates a module of ours from its text; what it imports are the real modules, but for the given ones. */
async function load<M>(file: URL, source: string, imports: Imports = {}): Promise<M> {
  const imported: Record<string, unknown> = {};
  const exported: string[] = [];
  const specifiers = new Set<string>();
  const body = stripTypeScriptTypes(source.replaceAll(/^import type [^;]*;$/gm, ""))
    .replaceAll("import.meta.url", JSON.stringify(file.href))
    .replaceAll(IMPORT, (_all, names: string, specifier: string) => {
      specifiers.add(specifier);
      const bindings = names.replaceAll(/\btype [\w$]+,?/g, "").replaceAll(" as ", ": ");
      return `const {${bindings}} = imported[${JSON.stringify(specifier)}];`;
    })
    .replaceAll(EXPORT, (_all, name: string) => {
      exported.push(name);
      return "";
    });
  for (const specifier of specifiers) {
    imported[specifier] =
      imports[specifier] ?? (await import(specifier.startsWith(".") ? new URL(specifier, file).pathname : specifier));
  }
  return new Function("imported", `"use strict";${body}\nreturn {${exported.join(", ")}};`)(imported) as M;
}
