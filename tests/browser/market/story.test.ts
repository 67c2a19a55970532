import { readEnvironment } from "../../support/environment.ts";
import { demoPassword } from "../../support/identity/sign-in.ts";
import { withBrowser } from "../browser.ts";
import { marketStory } from "./story.ts";

withBrowser("the market with the embedded provider", (visitor) => {
  const environment = readEnvironment();
  if ("missing" in environment) throw new Error(`needs ${environment.missing.join(", ")}`);
  marketStory({ ...visitor, demoPassword: (email) => demoPassword(environment.home, email) });
});
