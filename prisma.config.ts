import { defineConfig } from "prisma/config";

// The client is generated without any engine; naming an existing file keeps the generator from fetching one.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: "prisma/hub/schema.prisma" });
