import { isPublicPath } from "./identity.ts";

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
