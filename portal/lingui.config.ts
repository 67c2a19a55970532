import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

/** What only the pages of the market say: their texts are loaded with them, and not with the home page. */
const MARKET = [
  "developer",
  "admin",
  "chart/UsageChart.tsx",
  "ui/form",
  "ui/Answer.tsx",
  "ui/Badge.tsx",
  "ui/DataTable.tsx",
  "ui/marketWords.ts",
  "ui/Steps.tsx",
  "ui/Verdict.tsx",
].map((path) => `<rootDir>/src/${path}`);

/** English is the source text; both catalogues are committed and complete (src/locales/catalogue.test.ts). */
export default defineConfig({
  locales: ["en", "ko"],
  sourceLocale: "en",
  catalogs: [
    {
      path: "<rootDir>/src/locales/{locale}",
      include: ["<rootDir>/src"],
      exclude: ["**/generated/**", ...MARKET.map((path) => (/\.tsx?$/.test(path) ? path : `${path}/**`))],
    },
    { path: "<rootDir>/src/locales/market/{locale}", include: MARKET, exclude: [] },
  ],
  format: formatter({ lineNumbers: false, origins: false }),
});
