import { request as ask, createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { networks } from "../access/address.ts";
import { isPublicPath, proxyToIdentity } from "./identity.ts";

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
};

/** Whose failures the provider would count for a request that claims an address. */
async function countedFor(claimed: string, trusted: readonly string[]): Promise<string> {
  const provider = createServer((request, response) => response.end(request.headers["x-forwarded-for"]));
  const upstream = `http://127.0.0.1:${await listening(provider)}`;
  const door = proxyToIdentity({
    issuer: "http://hub.test/realms/madang",
    kind: "embedded",
    upstream,
    trusted: networks(trusted),
  });
  const front = createServer((request, response) => {
    void door.forward(request, response, new URL(request.url ?? "/", "http://hub.test"));
  });
  const port = await listening(front);
  try {
    return await new Promise<string>((resolve, reject) => {
      const path = "/realms/madang/protocol/openid-connect/auth";
      ask({ host: "127.0.0.1", port, path, agent: false, headers: { "x-forwarded-for": claimed } }, async (answer) => {
        resolve((await answer.toArray()).join(""));
      })
        .on("error", reject)
        .end();
    });
  } finally {
    door.close();
    front.close();
    provider.close();
  }
}

test("an address that a visitor claims is not believed", async () => {
  expect(await countedFor("203.0.113.7", [])).toBe("127.0.0.1");
});

test("behind a proxy that the operator named, visitors are told apart", async () => {
  expect(await countedFor("198.51.100.1, 203.0.113.7", ["127.0.0.0/8"])).toBe("203.0.113.7");
});

test.each([
  "/realms/madang/protocol/openid-connect/auth",
  "/realms/madang/protocol/openid-connect/3p-cookies/step1.html",
  "/realms/madang/login-actions/authenticate",
  "/realms/madang/.well-known/openid-configuration",
  "/resources/z2f1x/login/keycloak.v2/css/styles.css",
])("%s is for everybody", (path) => expect(isPublicPath(path)).toBe(true));

test.each([
  "/admin",
  "/admin/realms/madang/users",
  "/realms/master/protocol/openid-connect/token",
  "/realms/madang",
  "/realms/madang/clients-registrations/default",
  "/realms/madang/login-actions/../../../admin/",
  "/realms/madang/login-actions/..%2f..%2fmaster/",
  "/realms/madang/login-actions/%2e%2e/admin",
  "/realms/madang/login-actions/..;/admin",
  "/realms/madang/login-actions//admin",
  "/realms/madang/protocol/openid-connect\\..\\admin",
  "/realms/madangx/protocol/openid-connect/auth",
  "/resources/../admin",
  "/metrics",
  "/health",
])("%s is not", (path) => expect(isPublicPath(path)).toBe(false));
