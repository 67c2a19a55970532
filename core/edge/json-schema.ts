import { z } from "zod";
import { batch, SCHEMA } from "./batch.ts";

/** The wire format as JSON Schema (draft 2020-12), made from the very types that judge what arrives. */
export function jsonSchema(): object {
  return {
    $id: "/edge/v1/schema.json",
    title: SCHEMA,
    ...z.toJSONSchema(batch, { io: "input", target: "draft-2020-12" }),
  };
}
