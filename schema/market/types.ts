import type { Builder } from "../builder.ts";
import type { Values } from "../values.ts";
import { addAudit } from "./audit.ts";
import { addFigures } from "./figures.ts";
import { addKeyActs } from "./key-acts.ts";
import { addKeys } from "./keys.ts";
import { addLicenceActs } from "./licence-acts.ts";
import { addLicences } from "./licences.ts";
import { addMemberActs } from "./member-acts.ts";
import { addOffers } from "./offers.ts";
import { addOrganizationActs } from "./organization-acts.ts";
import { addOrganizations } from "./organizations.ts";
import { marketOf } from "./refs.ts";
import { addResults } from "./refused.ts";
import { addUsage } from "./usage-type.ts";
import { addViewer } from "./viewer.ts";

/** Who provides data, on what terms, who may use them, and how that was decided. */
export function addMarket(builder: Builder, values: Values): void {
  const market = marketOf(builder, values);
  addOffers(market);
  addOrganizations(market);
  addViewer(market);
  addLicences(market);
  addKeys(market);
  addUsage(market);
  addFigures(market);
  addAudit(market);

  builder.mutationType({});
  const results = addResults(market);
  addOrganizationActs(market, results);
  addMemberActs(market, results);
  addLicenceActs(market, results);
  addKeyActs(market, results);
}
