import { HubError } from "../../core/errors.ts";
import { formatInstant } from "../../core/time.ts";
import {
  declareOutage,
  listOutages,
  type OutageLine,
  type OutageWish,
  type Preview,
  previewOutage,
} from "../../prisma/outages.ts";
import { runCommand } from "../../runtime/command-line.ts";
import { createPool, type Pool } from "../../runtime/postgres.ts";
import { type Command, readCommand, USAGE } from "./command.ts";
import { readConfig } from "./config.ts";

process.exitCode = await runCommand(process.argv.slice(2), USAGE, readCommand, onHub, sentence);

async function onHub(command: Command): Promise<void> {
  const config = readConfig();
  const hub = createPool(config.HUB_DATABASE_URL, { name: "outage", max: 1 });
  const edge = createPool(config.EDGE_DATABASE_URL, { name: "outage", max: 1 });
  try {
    await run(command, hub, edge);
  } finally {
    await Promise.all([hub.end(), edge.end()]);
  }
}

async function run(command: Command, hub: Pool, edge: Pool): Promise<void> {
  if (command.verb === "list") {
    const outages = await listOutages(hub, command.dataset);
    console.log(command.json ? JSON.stringify(outages, null, 2) : outages.map(outageLine).join("\n"));
    return;
  }
  const { wish, dryRun, json } = command;
  const preview = await previewOutage(hub, edge, wish, Date.now());
  if (dryRun) {
    console.log(json ? JSON.stringify(preview, null, 2) : previewText(preview, wish));
    return;
  }
  const declared = await declareOutage(hub, edge, wish, Date.now());
  if (json) console.log(JSON.stringify(declared, null, 2));
  else if (declared.version === null)
    console.log(`Outage ${declared.outage} is declared; it stands as an annotation (${declared.annotatedOnly}).`);
  else
    console.log(
      `Outage ${declared.outage} is declared; version ${declared.version} corrects its windows when their day is sealed.`,
    );
}

function epsilon(micro: number): string {
  return String(micro / 1e6);
}

/** What a declaration would debit and what stays, for people. */
function previewText({ plan, days, correction, annotatedOnly }: Preview, { correct }: OutageWish): string {
  const spends = correct && correction !== null ? correction.epsilonMicro : 0;
  const lines = days.map(({ day, open, reserve, left, windows }) =>
    open
      ? `  ${day}  ${windows} windows  reserve ${epsilon(reserve)}  left ${epsilon(left)}  debit ${epsilon(spends)}  stays ${epsilon(left - spends)}`
      : `  ${day}  ${windows} windows  is not open: annotated only`,
  );
  const outcome =
    annotatedOnly !== null
      ? `There is no correction (${annotatedOnly}): the outage would stand as an annotation.`
      : correction !== null && correct
        ? `A correction of version ${plan?.version} would be made with ε ${epsilon(correction.epsilonMicro)}, each value ± ${correction.halfWidth95} (95 %).`
        : "No correction is asked for: the outage would stand as an annotation (add --correct).";
  return [outcome, ...lines, "Nothing was declared."].join("\n");
}

function outageLine(outage: OutageLine): string {
  const { dataset, from, to, reason, en, annotatedOnly, version, corrects, epsilonMicro } = outage;
  const correction =
    version === null
      ? `annotated only (${annotatedOnly})`
      : `version ${version} corrects ${corrects}, ε ${epsilon(epsilonMicro ?? 0)}`;
  return `${dataset}  ${formatInstant(from.getTime())} to ${formatInstant(to.getTime())}  ${reason}  ${correction}  ${en}`;
}

function sentence(error: unknown): string {
  if (error instanceof HubError) {
    const fix = error.fix === undefined ? "" : `\n  rule: ${error.rule}\n  fix: ${error.fix}`;
    return `${error.field === undefined ? "" : `--${error.field}: `}${error.detail}${fix}`;
  }
  const code = (error as { code?: string }).code;
  return code === undefined ? "The outage command failed." : `The databases do not do this (${code}).`;
}
