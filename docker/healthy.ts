// Health check of a container: `node docker/healthy.ts NAME` exits with 0 when the process says that it is ready.
import { askHealth } from "../runtime/health.ts";

const [name = ""] = process.argv.slice(2);
const health = await askHealth(process.env["MADANG_HOME"] ?? ".madang", name, 2_000);
process.stdout.write(`${JSON.stringify(health)}\n`);
process.exitCode = health?.state === "ready" ? 0 : 1;
