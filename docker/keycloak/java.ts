import { copyFileSync, cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { KeycloakConfig } from "./config.ts";
import { keycloakPlace } from "./distribution.ts";

/** As kc.sh starts it, made for one small machine: quick to start, half a gigabyte at most. */
const JVM = [
  "-Xms64m",
  "-Xmx512m",
  "-XX:MaxMetaspaceSize=256m",
  "-XX:+UseSerialGC",
  "-XX:TieredStopAtLevel=1",
  "-XX:+ExitOnOutOfMemoryError",
  "-Djava.security.egd=file:/dev/urandom",
  "-Dfile.encoding=UTF-8",
  "-Duser.language=en",
  "-Duser.country=US",
  "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
  ...["java.util", "java.util.concurrent", "java.security"].map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
];

/**
 * Prepares Keycloak's folder of this hub: the cached distribution by links, its own data (database, realm to import, theme).
 * @returns how Java is started; the realm is imported at the first start alone
 */
export function prepareJava(config: KeycloakConfig): { args: string[]; env: Record<string, string>; cwd: string } {
  const place = keycloakPlace(config.IDENTITY_CACHE);
  const home = join(config.MADANG_HOME, "keycloak");
  mkdirSync(join(home, "data/import"), { recursive: true, mode: 0o700 });
  rmSync(join(home, "themes"), { recursive: true, force: true });
  cpSync(new URL("./theme", import.meta.url), join(home, "themes/madang"), { recursive: true });
  for (const name of ["bin", "conf", "lib", "providers"]) {
    rmSync(join(home, name), { force: true });
    symlinkSync(join(place, name), join(home, name));
  }
  copyFileSync(new URL("./madang-realm.json", import.meta.url), join(home, "data/import/madang-realm.json"));
  const port = String(config.IDENTITY_PORT);
  return {
    cwd: home,
    args: [
      ...JVM,
      `-Dkc.home.dir=${home}`,
      "-cp",
      join(home, "lib/quarkus-run.jar"),
      "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
      "start",
      "--optimized",
      "--import-realm",
    ],
    env: {
      PATH: config.PATH,
      LANG: "C.UTF-8",
      TZ: "UTC",
      HOME: home,
      // The world's address; the console for administrators answers on this machine's port alone.
      KC_HOSTNAME: new URL(config.IDENTITY_ISSUER).origin,
      KC_HOSTNAME_ADMIN: `http://127.0.0.1:${port}`,
      KC_PROXY_HEADERS: "xforwarded",
      KC_HTTP_ENABLED: "true",
      KC_HTTP_HOST: "127.0.0.1",
      KC_HTTP_PORT: port,
      KC_HTTP_MANAGEMENT_HOST: "127.0.0.1",
      KC_HTTP_MANAGEMENT_PORT: String(config.IDENTITY_HEALTH_PORT),
      KC_CACHE: "local",
      // Its events name people and addresses: they are not for a log.
      KC_LOG_LEVEL: "warn,org.keycloak.events:off",
      KC_BOOTSTRAP_ADMIN_USERNAME: "admin",
      KC_BOOTSTRAP_ADMIN_PASSWORD: config.IDENTITY_ADMIN_SECRET,
      MADANG_HUB_CLIENT_SECRET: config.IDENTITY_CLIENT_SECRET,
    },
  };
}
