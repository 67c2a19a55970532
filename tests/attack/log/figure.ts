import type { Arena, Figure, Finding, MutantOutcome } from "../support/figure.ts";
import { forgeProofs, forkLog } from "./attack.ts";
import { FAULTS, partsWith } from "./parts.ts";

/** For a mutant a part of the attack is enough. */
const OF_A_MUTANT = { proofs: 20, forks: 5 };

async function run({ size, progress }: Arena): Promise<Finding> {
  const parts = await partsWith(null);
  const [proofs, forks] = [forgeProofs(parts, size === "full" ? 400 : 40), forkLog(parts, size === "full" ? 100 : 10)];
  progress(`${proofs.tried} proofs, ${forks.tried} forks`);
  const mutants: MutantOutcome[] = [];
  for (const fault of FAULTS) {
    const faulty = await partsWith(fault);
    const seen = [...forgeProofs(faulty, OF_A_MUTANT.proofs).believed, ...forkLog(faulty, OF_A_MUTANT.forks).believed];
    progress(`${fault.name}: ${[...new Set(seen)].join("; ")}`);
    mutants.push({ name: fault.name, killed: seen.length > 0 });
  }
  const believed = [...new Set([...proofs.believed, ...forks.believed])];
  return {
    value: `${proofs.believed.length} of ${proofs.tried} forged proofs believed, ${forks.believed.length} of ${forks.tried} forks${believed.map((name) => `; ${name}`).join("")}`,
    pass: believed.length === 0,
    controls: [
      { name: "true proofs are believed", held: proofs.refused.length === 0 },
      {
        name: "what continues the log is signed, and each witness alone believes its history",
        held: forks.refused.length === 0,
      },
    ],
    mutants,
  };
}

export const figures: readonly Figure[] = [
  {
    name: "log",
    title: "forged proofs and second histories that a reader, the log's key or two witnesses believe",
    target: "none",
    rules: ["P17"],
    needs: "nothing",
    fast: true,
    run,
  },
];
