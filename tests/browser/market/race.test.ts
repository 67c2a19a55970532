import { readEnvironment } from "../../support/environment.ts";
import { demoPassword, demoToken } from "../../support/identity/sign-in.ts";
import { DESK, withBrowser } from "../browser.ts";
import { signInHere } from "./people.ts";
import { answerForTests, requestForTests } from "./request.ts";

withBrowser("two stewards with the same request", ({ visit }) => {
  const environment = readEnvironment();
  if ("missing" in environment) throw new Error(`needs ${environment.missing.join(", ")}`);

  test("give one decision: who comes second is told, and keeps what was written", async () => {
    const developer = await demoToken("developer");
    const { licence } = await requestForTests(environment.url, developer);
    const open = async (who: string) => {
      const email = `${who}@madang.example`;
      const { page } = await visit(`/steward/${licence}`, DESK);
      await signInHere(page, email, demoPassword(environment.home, email));
      await page.getByRole("heading", { name: "The decision" }).waitFor();
      return page;
    };
    const [first, second] = [await open("steward"), await open("steward2")];
    const conditions = "Results are shown to drivers only.";
    await second.getByLabel("Conditions").fill(conditions);

    await first.getByRole("radio", { name: "Ask the applicant" }).click();
    await first.getByLabel("Your question to the applicant").fill("Who will see the results?");
    await first.getByRole("button", { name: "Ask the applicant", exact: true }).click();
    await first.getByText("Waiting for the applicant").waitFor();
    await expect(first.getByText("Someone was faster").count()).resolves.toBe(0);

    // The second decides on what is not there any more, before the page has noticed by itself.
    await second.getByRole("button", { name: "Approve", exact: true }).click();
    await second.getByText("Someone was faster").first().waitFor();
    await second.getByText("Waiting for the applicant").waitFor();
    await second.getByText("Last step: Question asked").waitFor();
    await expect(second.getByText("Approved, not yet accepted").count()).resolves.toBe(0);

    await answerForTests(environment.url, developer, licence);
    await second.reload();
    await expect(second.getByLabel("Conditions").inputValue()).resolves.toBe(conditions);
    await second.getByRole("button", { name: "Approve", exact: true }).click();
    await second.getByText("Approved, not yet accepted").waitFor();
  }, 180_000);
});
