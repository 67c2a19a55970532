import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

/** English is the source text; both catalogues are committed and complete (src/locales/catalogue.test.ts). */
export default defineConfig({
  locales: ["en", "ko"],
  sourceLocale: "en",
  catalogs: [{ path: "<rootDir>/src/locales/{locale}", include: ["<rootDir>/src"], exclude: ["**/generated/**"] }],
  format: formatter({ lineNumbers: false, origins: false }),
});
