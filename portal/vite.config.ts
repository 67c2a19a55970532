import { lingui, linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import babel from "@rolldown/plugin-babel";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const portal = import.meta.dirname;
/** The macros look their configuration up by this name; so a build may start from any folder. */
const configPath = `${portal}/lingui.config.ts`;
process.env.LINGUI_CONFIG ??= configPath;

/**
 * Builds the portal into portal/dist for the front door's strict content security policy: nothing inline, nothing as a
 * data: script or font, no evaluated code. A message without a translation fails the build.
 */
export default defineConfig({
  root: portal,
  plugins: [
    react(),
    lingui({ configPath, failOnMissing: true }),
    babel({ presets: [linguiTransformerBabelPreset({}, { configPath })] }),
    { ...optimizeLocales.vite({ locales: ["ko-KR", "en-US"] }), enforce: "pre" },
  ],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    reportCompressedSize: false,
  },
  server: { proxy: { "/graphql": "http://127.0.0.1:4000", "/exports": "http://127.0.0.1:4000" } },
});
