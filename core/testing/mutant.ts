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
  const source = readFileSync(file, "utf8");
  if (source.split(mutant.from).length !== 2) throw new Error(`"${mutant.from}" is not once in ${file.pathname}`);
  await property(await load<M>(file, source));
  const faulty = await load<M>(
    file,
    source.replace(mutant.from, () => mutant.to),
  );
  let killed = false;
  try {
    await property(faulty);
  } catch {
    killed = true;
  }
  if (!killed) throw new Error(`the mutant "${mutant.name}" survives`);
}

const IMPORT = /^import (?:type )?\{([^}]*)\} from "([^"]+)";$/gm;
const EXPORT = /^export (?=(?:async )?(?:function|const|let|class) ?\*? ?([\w$]+))/gm;

/** Evaluates a module of ours from its text; what it imports are the real modules. */
async function load<M>(file: URL, source: string): Promise<M> {
  const imported: Record<string, unknown> = {};
  const exported: string[] = [];
  const specifiers = new Set<string>();
  const body = stripTypeScriptTypes(source.replaceAll(/^import type .*$/gm, ""))
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
    imported[specifier] = await import(specifier.startsWith(".") ? new URL(specifier, file).pathname : specifier);
  }
  return new Function("imported", `"use strict";${body}\nreturn {${exported.join(", ")}};`)(imported) as M;
}
