import { z } from "zod";
import { HubError } from "../../core/errors.ts";
import { isDay } from "../../core/time.ts";
import type { LocalHandler } from "../../runtime/unix-http.ts";
import type { Keyring } from "./keyring.ts";
import type { LogSigner } from "./log-signer.ts";

const populationDay = z.strictObject({ population: z.int().min(1), day: z.string().refine(isDay) });
const worker = z.uuid();
const publicKey = populationDay.extend({ backfill: z.boolean().optional() });
const hashKey = populationDay.extend({ worker, backfill: z.boolean().optional() });
const decapsulation = populationDay.extend({ encs: z.array(z.base64()).max(1000) });
const erasure = populationDay.extend({ worker });
const origin = z.strictObject({ origin: z.string().min(1).max(200) });
const hash = z.base64().transform((text) => Buffer.from(text, "base64"));
const head = z.strictObject({ size: z.int().min(0), root: hash, proof: z.array(hash).max(63) });
const renewal = z.strictObject({ worker, days: z.array(populationDay).max(10_000) });

type Route = (body: unknown, query: URLSearchParams) => object | Promise<object>;

/** `POST /public-key {population, day, backfill?}` → `{publicKey}`: all that the intake may ask. */
export const publicDoor = (keyring: Keyring): LocalHandler =>
  door({
    "POST /public-key": async (body) => {
      const { backfill, ...of } = publicKey.parse(body);
      return { publicKey: (await keyring.publicKey(of, backfill === true)).toString("base64") };
    },
  });

/**
 * What the ingest workers may ask:
 *
 * - `POST /decapsulate {population, day, encs}` → `{sharedSecrets: (base64 | null)[], publicKey}`
 * - `POST /hash-key {population, day, worker, backfill?}` → `{key, leaseSeconds}`
 * - `POST /renew {worker, days}` → `{destroyed, leaseSeconds}`: what must be wiped now
 * - `POST /erased {population, day, worker}` → `{}`: it was wiped
 */
export const ingestDoor = (keyring: Keyring): LocalHandler =>
  door({
    "POST /decapsulate": (body) => {
      const { encs, ...of } = decapsulation.parse(body);
      const answer = keyring.decapsulate(
        of,
        encs.map((enc) => Buffer.from(enc, "base64")),
      );
      return {
        sharedSecrets: answer.secrets.map((secret) => secret?.toString("base64") ?? null),
        publicKey: answer.publicKey.toString("base64"),
      };
    },
    "POST /hash-key": async (body) => {
      const { backfill, worker: who, ...of } = hashKey.parse(body);
      const { key, leaseSeconds } = await keyring.hashKey(of, backfill === true, who);
      const text = key.toString("base64");
      key.fill(0);
      return { key: text, leaseSeconds };
    },
    "POST /renew": (body) => {
      const { worker: who, days } = renewal.parse(body);
      return keyring.renew(who, days);
    },
    "POST /erased": (body) => {
      const { worker: who, ...of } = erasure.parse(body);
      keyring.erased(of, who);
      return {};
    },
  });

/**
 * What release and background may order: `POST /destroy {population, day}` → `{record}`, repeatable, and
 * `GET /records?since=N` → `{records}`, the processing records after number N. For the operator:
 * `POST /rotate-signing-key {}` → `{record}`, which names the new public key.
 *
 * Of the transparency log: `GET /log` → `{log: {origin, verifierKey, size, root} | null}`, `POST /log/open {origin}` →
 * `{log}`, `POST /log/sign {size, root, proof}` → `{note}` or `{refused: {size, root}}`; hashes in base64. For the
 * operator, after the log's state was lost: `POST /log/renew {origin}` → `{log}`.
 */
export const controlDoor = (keyring: Keyring, log: LogSigner): LocalHandler =>
  door({
    "GET /log": () => ({ log: told(log.read()) }),
    "POST /log/open": (body) => ({ log: told(log.open(origin.parse(body).origin)) }),
    "POST /log/renew": (body) => ({ log: told(log.renew(origin.parse(body).origin)) }),
    "POST /log/sign": (body) => {
      const { proof, ...tree } = head.parse(body);
      const answer = log.sign(tree, proof);
      return "note" in answer ? answer : { refused: told(answer.refused) };
    },
    "POST /destroy": async (body) => ({ record: await keyring.destroy(populationDay.parse(body)) }),
    "POST /rotate-signing-key": async (body) => {
      z.strictObject({}).parse(body);
      return { record: await keyring.rotateSigningKey() };
    },
    "GET /records": (_body, query) => ({
      records: keyring.records(
        z.coerce
          .number()
          .int()
          .min(0)
          .parse(query.get("since") ?? "0"),
      ),
    }),
  });

const told = <T extends { readonly root: Buffer } | null>(state: T) =>
  state === null ? null : { ...state, root: state.root.toString("base64") };

/** Errors of the registry are answered as `{code}` with their status; a body of another shape is 400. */
function door(routes: Record<string, Route>): LocalHandler {
  return async (method, target, body) => {
    const { pathname, searchParams } = new URL(target, "http://keyring");
    const route = routes[`${method} ${pathname}`];
    if (route === undefined) return { status: 404, body: { code: "NOT_FOUND" } };
    try {
      return { status: 200, body: await route(body, searchParams) };
    } catch (error) {
      if (error instanceof HubError) return { status: error.status, body: { code: error.code } };
      if (error instanceof z.ZodError) return { status: 400, body: { code: "BAD_USER_INPUT" } };
      throw error;
    }
  };
}
