import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findUser, openAdmin } from "../../docker/keycloak/admin.ts";
import { readEnvironment } from "../support/environment.ts";
import { keycloakScenario } from "../support/identity/keycloak.ts";
import { demoPassword } from "../support/identity/sign-in.ts";
import { withBrowser } from "./browser.ts";
import { signInStory } from "./sign-in-story.ts";

keycloakScenario("with Keycloak", ({ url, home, adminUrl }) => {
  const hub = readEnvironment();
  if ("missing" in hub) throw new Error(`needs ${hub.missing.join(", ")}`);
  const secrets = JSON.parse(readFileSync(join(hub.home, "secrets.json"), "utf8")) as { identity: { admin: string } };
  withBrowser(
    "signing in at Keycloak",
    (visitor) =>
      signInStory({
        ...visitor,
        demoPassword: (email) => demoPassword(home, email),
        async endSessions(email) {
          const admin = await openAdmin(adminUrl, secrets.identity.admin);
          const user = await findUser(admin, email);
          await admin.ask("POST", `/users/${user?.id}/logout`);
        },
      }),
    url,
  );
});
