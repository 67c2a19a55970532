import {
  type ColumnType,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

const TEXT_OF: Record<number, ColumnType> = {
  16: ColumnTypeEnum.Boolean,
  18: ColumnTypeEnum.Character,
  20: ColumnTypeEnum.Int64,
  21: ColumnTypeEnum.Int32,
  23: ColumnTypeEnum.Int32,
  26: ColumnTypeEnum.Int64,
  700: ColumnTypeEnum.Float,
  701: ColumnTypeEnum.Double,
  1000: ColumnTypeEnum.BooleanArray,
  1002: ColumnTypeEnum.CharacterArray,
  1003: ColumnTypeEnum.TextArray,
  1005: ColumnTypeEnum.Int32Array,
  1007: ColumnTypeEnum.Int32Array,
  1009: ColumnTypeEnum.TextArray,
  1015: ColumnTypeEnum.TextArray,
  1016: ColumnTypeEnum.Int64Array,
  1028: ColumnTypeEnum.Int64Array,
  1114: ColumnTypeEnum.DateTime,
  1184: ColumnTypeEnum.DateTime,
};

const isoInstant = (text: string) => text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00");
const PARSERS: Record<number, (text: string) => unknown> = {
  20: String,
  26: String,
  1114: (text) => `${isoInstant(text)}+00:00`,
  1184: isoInstant,
};
const types = {
  getTypeParser: (oid: number) => PARSERS[oid] ?? pg.types.getTypeParser(oid),
} as unknown as pg.CustomTypesConfig;

function rethrow(error: unknown): never {
  if (error instanceof pg.DatabaseError) {
    const { code = "", severity = "ERROR", message, detail, column, hint } = error;
    throw new DriverAdapterError({
      kind: "postgres",
      originalCode: code,
      originalMessage: message,
      code,
      severity,
      message,
      detail,
      column,
      hint,
    });
  }
  throw error;
}

/**
 * What the schema engine needs to run migrations over `pg`: whole scripts in one call, the `char` type, and a shadow
 * database that is truly another one. (`@prisma/adapter-pg` does none of the three.)
 */
export class MigrationAdapter implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = "postgres";
  readonly adapterName = "madang-migrations";
  private readonly url: string;
  private readonly clients = new Set<pg.Client>();

  constructor(url: string) {
    this.url = url;
  }

  /** Ends the connections that the engine leaves open when it is freed. */
  async close(): Promise<void> {
    await Promise.all([...this.clients].map((client) => client.end()));
  }

  connect(): Promise<SqlDriverAdapter> {
    return this.open(this.url, async () => {});
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const name = `shadow_${crypto.randomUUID().replaceAll("-", "")}`;
    const shadow = new URL(this.url);
    shadow.pathname = `/${name}`;
    const admin = await this.connect();
    await admin.executeScript(`CREATE DATABASE ${name} TEMPLATE template0`);
    return this.open(shadow.href, async () => {
      await admin.executeScript(`DROP DATABASE ${name}`);
      await admin.dispose();
    });
  }

  private async open(url: string, afterwards: () => Promise<void>): Promise<SqlDriverAdapter> {
    const client = new pg.Client({ connectionString: url, options: "-c TimeZone=UTC" });
    await client.connect().catch(rethrow);
    this.clients.add(client);
    const run = (query: SqlQuery) =>
      client.query({ text: query.sql, values: query.args, rowMode: "array", types }).catch(rethrow);
    return {
      provider: this.provider,
      adapterName: this.adapterName,
      queryRaw: async (query) => {
        const result = await run(query);
        return {
          columnNames: result.fields.map((field) => field.name),
          columnTypes: result.fields.map((field) => TEXT_OF[field.dataTypeID] ?? ColumnTypeEnum.Text),
          rows: result.rows as unknown[][],
        };
      },
      executeRaw: async (query) => (await run(query)).rowCount ?? 0,
      executeScript: async (sql) => {
        await client.query(sql).catch(rethrow);
      },
      startTransaction: () => Promise.reject(new Error("migrations run their own transactions")),
      getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
      dispose: async () => {
        this.clients.delete(client);
        await client.end();
        await afterwards();
      },
    };
  }
}
