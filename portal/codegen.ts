import type { CodegenConfig } from "@graphql-codegen/cli";

/**
 * Types and documents for the portal from the public schema: `graphql-codegen --config portal/codegen.ts` at the root.
 * The result under src/generated is committed.
 */
const config: CodegenConfig = {
  schema: "schema/sdl/api.graphqls",
  documents: "portal/src/documents/*.graphql",
  generates: {
    "portal/src/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: "string",
        pureMagicComment: true,
        useTypeImports: true,
        enumsAsTypes: true,
        avoidOptionals: { field: true, inputValue: false },
        strictScalars: true,
        scalars: {
          DateTime: "string",
          Date: "string",
          Duration: "string",
          BigInt: "number",
          H3Cell: "string",
          GeoJSON: "../map/geojson.ts#GeoJson",
          TimeColumn: "number[]",
          IntColumn: "(number | null)[]",
          TextColumn: "(string | null)[]",
          Terms: "Record<string, unknown>",
        },
      },
    },
  },
};

export default config;
