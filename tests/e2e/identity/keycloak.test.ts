import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findUser, openAdmin } from "../../../docker/keycloak/admin.ts";
import { readEnvironment } from "../../support/environment.ts";
import { keycloakScenario } from "../../support/identity/keycloak.ts";
import { demoPassword } from "../../support/identity/sign-in.ts";
import { attackContract } from "./contract/attacks.ts";
import { signInContract } from "./contract/flow.ts";
import { lifetimeContract } from "./contract/lifetime.ts";
import type { ProviderUnderTest } from "./contract/provider.ts";

keycloakScenario("Keycloak keeps the contract of sign-in", ({ url, home, adminUrl }) => {
  const hub = readEnvironment();
  if ("missing" in hub) throw new Error(`needs ${hub.missing.join(", ")}`);
  const { identity } = JSON.parse(readFileSync(join(hub.home, "secrets.json"), "utf8")) as {
    identity: { admin: string; client: string };
  };
  const admin = () => openAdmin(adminUrl, identity.admin);
  const provider: ProviderUnderTest = {
    title: "Keycloak",
    issuer: `${url}/realms/madang`,
    clientSecret: identity.client,
    demoPassword: (email) => demoPassword(home, email),
    async rotate() {
      const keycloak = await admin();
      const realm = await keycloak.ask<{ id: string }>("GET", "");
      await keycloak.ask("POST", "/components", {
        name: `rsa-${Date.now()}`,
        parentId: realm.id,
        providerId: "rsa-generated",
        providerType: "org.keycloak.keys.KeyProvider",
        config: { priority: ["200"], enabled: ["true"], active: ["true"], algorithm: ["RS256"] },
      });
    },
    async endSessions(email) {
      const keycloak = await admin();
      const user = await findUser(keycloak, email);
      if (user === undefined) throw new Error(`Keycloak has no ${email}`);
      await keycloak.ask("POST", `/users/${user.id}/logout`);
    },
  };
  signInContract(provider);
  lifetimeContract(provider);
  attackContract(provider);

  test("after all this the log names nobody", () => {
    const log = readFileSync(join(home, "logs/keycloak.log"), "utf8");
    expect(log).toContain("keycloak.ready");
    expect(log).not.toMatch(/@madang\.example|ipAddress|LOGIN_ERROR/i);
  });
});
