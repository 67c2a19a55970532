import type { Queryable } from "../runtime/postgres.ts";

/** One role a process, with the least rights (the grants are in the migrations). */
export const ROLES = [
  "madang_api",
  "madang_intake",
  "madang_ingest",
  "madang_release",
  "madang_facts",
  "madang_background",
  "madang_identity",
] as const;
/** API and sign-in are not among them: they have no login to the edge database. */
export const EDGE_ROLES = ROLES.filter((role) => role !== "madang_api" && role !== "madang_identity");
export type Role = (typeof ROLES)[number];

/**
 * Makes or updates the roles of a cluster. They are cluster-wide, so this stands outside the migrations, which a
 * shadow database repeats.
 * @param roles those with work in this cluster
 * @param passwords by role; a role without one keeps what it has and cannot log in when new
 */
export async function ensureRoles(
  admin: Queryable,
  passwords: Partial<Record<Role, string>>,
  roles: readonly Role[],
): Promise<void> {
  for (const role of roles) {
    const found = await admin.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    if (found.rowCount === 0) await admin.query(`CREATE ROLE ${role} NOINHERIT NOCREATEDB NOCREATEROLE`);
    const password = passwords[role];
    if (password === undefined) continue;
    const { rows } = await admin.query<{ sql: string }>(
      "SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', $1::text, $2::text) AS sql",
      [role, password],
    );
    if (rows[0]) await admin.query(rows[0].sql);
  }
}
