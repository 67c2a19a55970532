import type { RedactionKind } from "../../../core/incidents/redaction/rule.ts";
import { type Imports, type Mutant, mutate, relink } from "../../../core/testing/mutant.ts";
import type { Redactor } from "./measure.ts";

const REDACT = new URL("../../../core/incidents/redact.ts", import.meta.url);
type Module = { readonly personalSpans: Redactor };

/** A fault, and the class that must suffer. */
type Fault = { readonly name: string; readonly kind: RedactionKind; readonly faulty: () => Promise<Redactor> };

const RULES: Record<RedactionKind, string> = {
  RESIDENT_NUMBER: "residentNumber",
  FOREIGNER_NUMBER: "foreignerNumber",
  CARD: "card",
  ACCOUNT: "account",
  PASSPORT: "passport",
  DRIVER_LICENCE: "driverLicence",
  PHONE: "phone",
  EMAIL: "email",
  PLATE: "plate",
  NAME: "name",
  ADDRESS: "address",
  POSITION: "position",
  DEVICE: "device",
  HANDLE: "handle",
};

const withoutRule = ([kind, rules]: [string, string]): Fault => ({
  name: `no rule for ${kind}`,
  kind: kind as RedactionKind,
  faulty: async () => (await mutate<Module>(REDACT, { name: kind, from: `  ...${rules},\n`, to: "" })).personalSpans,
});

/** A fault in a module that the redactor imports. */
const within = (name: string, kind: RedactionKind, module: string, from: string, to: string): Fault => ({
  name,
  kind,
  faulty: async () => {
    const specifier = `./redaction/${module}.ts`;
    const mutant: Mutant = { name, from, to };
    const imports: Imports = { [specifier]: await mutate(new URL(specifier, REDACT), mutant) };
    return (await relink<Module>(REDACT, imports)).personalSpans;
  },
});

export const FAULTS: readonly Fault[] = [
  ...Object.entries(RULES).map(withoutRule),
  within(
    "resident numbers need the old check digit",
    "RESIDENT_NUMBER",
    "documents",
    "const ofResident = ({ value }: Found): boolean =>",
    `const ofResident = ({ value }: Found): boolean =>
      String((11 - ([2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5].reduce((sum, w, i) => sum + w * Number(digitsOf(value)[i]), 0) % 11)) % 10) === digitsOf(value)[12] &&`,
  ),
  within("full width is not folded", "EMAIL", "readable", '.normalize("NFKC")', ""),
  within("Jamo are not joined", "NAME", "readable", '.normalize("NFC")', ""),
  within("invisible characters stay", "PHONE", "readable", "!INVISIBLE.test(character)", "true"),
  within("spelled digits are not read", "PHONE", "spelled", "if (readsAsNumber(run))", "if (false)"),
];
