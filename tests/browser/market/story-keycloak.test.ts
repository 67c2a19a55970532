import { keycloakScenario } from "../../support/identity/keycloak.ts";
import { demoPassword } from "../../support/identity/sign-in.ts";
import { withBrowser } from "../browser.ts";
import { marketStory } from "./story.ts";

keycloakScenario("with Keycloak", ({ url, home }) => {
  withBrowser(
    "the market",
    (visitor) => marketStory({ ...visitor, demoPassword: (email) => demoPassword(home, email) }),
    url,
  );
});
