/** Keycloak's administration of the realm `madang`, on this machine's port. */
export type KeycloakAdmin = {
  /**
   * Asks `/admin/realms/madang<path>`.
   * @throws Error for an answer that is not in the 200s, with status and path
   */
  ask<T>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<T>;
};

type User = { id: string; enabled: boolean };
export type DemoUser = { email: string; name: string; password: string; roles: readonly string[] };

/**
 * Signs in as the administrator.
 * @param address http://127.0.0.1:port
 * @throws Error when it is refused
 */
export async function openAdmin(address: string, password: string): Promise<KeycloakAdmin> {
  const answer = await fetch(`${address}/realms/master/protocol/openid-connect/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "password", client_id: "admin-cli", username: "admin", password }),
  });
  if (!answer.ok) throw new Error(`Keycloak does not let its administrator in (${answer.status})`);
  const { access_token } = (await answer.json()) as { access_token: string };
  return {
    async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await fetch(`${address}/admin/realms/madang${path}`, {
        method,
        headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path.split("?")[0]} answered ${response.status}`);
      return (text === "" ? undefined : JSON.parse(text)) as T;
    },
  };
}

/** The user with this address, or undefined. */
export async function findUser(admin: KeycloakAdmin, email: string): Promise<User | undefined> {
  const users = await admin.ask<User[]>("GET", `/users?exact=true&email=${encodeURIComponent(email)}`);
  return users[0];
}

/** Makes a demo user as it should be: enabled, with exactly these realm roles. */
export async function putDemoUser(admin: KeycloakAdmin, { email, name, password, roles }: DemoUser): Promise<void> {
  const credentials = [{ type: "password", value: password, temporary: false }];
  const wanted = { username: email, email, emailVerified: true, firstName: name, enabled: true, credentials };
  const known = await findUser(admin, email);
  if (known === undefined) await admin.ask("POST", "/users", wanted);
  else await admin.ask("PUT", `/users/${known.id}`, wanted);
  const user = known ?? (await findUser(admin, email));
  if (user === undefined) throw new Error("Keycloak has lost a user that it has just made");
  type Role = { id: string; name: string };
  const mine = await admin.ask<Role[]>("GET", `/users/${user.id}/role-mappings/realm`);
  const all = await admin.ask<Role[]>("GET", "/roles");
  const give = all.filter(({ name }) => roles.includes(name) && !mine.some((role) => role.name === name));
  const take = mine.filter(({ name }) => !roles.includes(name));
  if (give.length > 0) await admin.ask("POST", `/users/${user.id}/role-mappings/realm`, give);
  if (take.length > 0) await admin.ask("DELETE", `/users/${user.id}/role-mappings/realm`, take);
}

/** Lets a demo user in no longer, if there is one. */
export async function disableUser(admin: KeycloakAdmin, email: string): Promise<void> {
  const known = await findUser(admin, email);
  if (known?.enabled) {
    await admin.ask("PUT", `/users/${known.id}`, { enabled: false });
    await admin.ask("POST", `/users/${known.id}/logout`);
  }
}
