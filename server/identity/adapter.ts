import { type Adapter, type AdapterPayload, errors } from "oidc-provider";
import type { Queryable } from "../../runtime/postgres.ts";
import { statement } from "../../runtime/sql.ts";
import type { Seal } from "./seal.ts";

const sql = (name: string) => statement(new URL(`./sql/${name}.sql`, import.meta.url));
const STORE = sql("store");
const FIND = sql("find-stored");
const FIND_BY_UID = sql("find-stored-by-uid");
const CONSUME = sql("consume-stored");
const DROP = sql("drop-stored");
const DROP_GRANT = sql("drop-grant");

type Row = { payload: Buffer; consumed: number | null };

/** Keeps the provider's sessions, codes, grants and tokens in the hub's schema `identity`, sealed and under HMACs of their ids. */
export function createAdapter(pool: Queryable, seal: Seal): (model: string) => Adapter {
  return (model) => {
    // An id has no dot; what is before one is the shape that refresh tokens are given for keycloak-js.
    const name = (text: string): Buffer => seal.name(`stored.${model}`, text.slice(text.lastIndexOf(".") + 1));
    const grantName = (grant: string): Buffer => seal.name("stored.grant", grant);
    const read = (row: Row | undefined): AdapterPayload | undefined => {
      if (row === undefined) return undefined;
      const payload = seal.open<AdapterPayload>(model, row.payload);
      return row.consumed === null ? payload : { ...payload, consumed: row.consumed };
    };
    return {
      async upsert(id, payload, expiresIn) {
        const { grantId, uid } = payload;
        const values = [
          model,
          name(id),
          seal.close(model, payload),
          grantId === undefined ? null : grantName(grantId),
          uid === undefined ? null : name(`uid ${uid}`),
          expiresIn ?? null,
        ];
        await pool.query({ ...STORE, values });
      },
      async find(id) {
        const { rows } = await pool.query<Row>({ ...FIND, values: [model, name(id)] });
        return read(rows[0]);
      },
      async findByUid(uid) {
        const { rows } = await pool.query<Row>({ ...FIND_BY_UID, values: [model, name(`uid ${uid}`)] });
        return read(rows[0]);
      },
      // Device flow, which is not offered.
      findByUserCode: async () => undefined,
      async consume(id) {
        const { rowCount } = await pool.query({ ...CONSUME, values: [model, name(id)] });
        if (rowCount === 0) throw new errors.InvalidGrant("it was used already");
      },
      async destroy(id) {
        await pool.query({ ...DROP, values: [model, name(id)] });
      },
      async revokeByGrantId(grantId) {
        await pool.query({ ...DROP_GRANT, values: [grantName(grantId)] });
      },
    };
  };
}
