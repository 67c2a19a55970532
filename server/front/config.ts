import { z } from "zod";
import { parseConfig, variables } from "../../runtime/config.ts";
import { isNetwork } from "../access/address.ts";
import { identityVariables } from "../identity/provider.ts";
import { subgraphNames } from "../subgraphs/config.ts";

const addresses = z.string().transform((text, context) => {
  const byName = new Map<string, string>();
  for (const part of text.split(",").filter((piece) => piece.trim() !== "")) {
    const [name = "", ...rest] = part.split("=");
    const url = rest.join("=").trim();
    if (!URL.canParse(url)) context.addIssue("written name=http://host:port/graphql, comma between");
    byName.set(name.trim(), url);
  }
  return byName;
});

export const loadConfig = () =>
  parseConfig({
    MADANG_HOME: variables.MADANG_HOME,
    MADANG_PORT: variables.MADANG_PORT,
    MADANG_HOST: variables.MADANG_HOST,
    MADANG_LOG: variables.MADANG_LOG,
    INTAKE_PORT: variables.INTAKE_PORT,
    ...identityVariables,
    /** what the portal is told: the provider of the hub itself, Keycloak, or another OpenID provider */
    IDENTITY_KIND: z.enum(["embedded", "keycloak", "openid"]).default("embedded"),
    /** where the provider answers that the front leads `/realms/` to; none: it is reached without the front */
    IDENTITY_UPSTREAM: z.url({ protocol: /^http$/ }).optional(),
    HUB_DATABASE_URL: variables.HUB_DATABASE_URL,
    /** the queue's: it drops no reservation of a licence's quota */
    REDIS_URL: variables.REDIS_URL,
    /** by which split subgraphs are told who asks; needed only with them */
    INTERNAL_KEY: z.string().default(""),
    /** networks of the operator's own proxies, comma between: what they add to X-Forwarded-For counts */
    MADANG_TRUSTED_PROXIES: z
      .string()
      .default("")
      .transform((text) =>
        text
          .split(",")
          .map((part) => part.trim())
          .filter((part) => part !== ""),
      )
      .refine((list) => list.every(isNetwork), "networks, written as address/bits"),
    /** subgraphs that another process serves; none: all in this one */
    MADANG_SUBGRAPHS: subgraphNames.default([]),
    /** where they answer, when not on this machine's ports */
    MADANG_SUBGRAPH_URLS: addresses.default(new Map()),
  });
