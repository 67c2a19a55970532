/** The front door of the running hub whose sign-in is Keycloak's. */
export type KeycloakHub = {
  /** Base address of that front door. */
  url: string;
  /** Folder with its demo accounts. */
  home: string;
  /** Keycloak itself, on this machine's port. */
  adminUrl: string;
};

/**
 * A scenario against Keycloak; skipped with the reason when it cannot be had.
 * @param body registers the tests
 */
export function keycloakScenario(title: string, body: (keycloak: KeycloakHub) => void): void {
  const { KEYCLOAK_URL: url, KEYCLOAK_HOME: home, KEYCLOAK_ADMIN_URL: adminUrl, KEYCLOAK_MISSING: why } = process.env;
  if (url && home && adminUrl) {
    describe(title, () => body({ url, home, adminUrl }));
    return;
  }
  const reason = why ?? "needs Keycloak beside a running hub: KEYCLOAK_URL not set";
  describe.skip(title, () => {
    test.todo(reason);
  });
  process.stderr.write(`skipped: ${title}: ${reason}\n`);
}
