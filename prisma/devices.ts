import { generateKeyPairSync, randomBytes } from "node:crypto";
import { HubError } from "../core/errors.ts";
import { inTransaction, type Pool, type Queryable } from "../runtime/postgres.ts";

export const DEVICE_KINDS = [
  "SMART_POLE",
  "EDGE_AI_BOX",
  "INTELLIGENT_CCTV",
  "GROUND_SENSOR",
  "MOBILE_SENSOR",
  "ROADSIDE_UNIT",
  "ENVIRONMENT_STATION",
  "EXTERNAL_AGENCY",
  "BACKFILL",
] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

export type NewDevice = {
  /** a slug, unique in the hub */
  id: string;
  city: string;
  /** feeds that it may write to: at least one, all of this city */
  feeds: readonly string[];
  kind?: DeviceKind;
  /** slug of a zone of the city: where it stands */
  zone?: string;
};

/**
 * What a device needs to sign, given out once: the hub keeps the public half of the key alone. `privateKeyPem` is
 * PKCS#8, Ed25519.
 */
export type DeviceCredentials = { id: string; keyId: string; privateKeyPem: string; feeds: string[] };

export type DeviceLine = {
  id: string;
  city: string;
  kind: DeviceKind;
  zone: string | null;
  feeds: string[];
  createdAt: Date;
  revokedAt: Date | null;
  /** usable now */
  keys: { keyId: string; createdAt: Date; expiresAt: Date | null }[];
};

/** How long the old key of a rotated device stays valid. */
export const OVERLAP_SECONDS = 24 * 3600;

const SPKI_PREFIX_BYTES = 12;

function wrong(field: string, sentence: string): HubError {
  return new HubError("BAD_USER_INPUT", sentence, { field });
}

async function issueKey(db: Queryable, device: string): Promise<DeviceCredentials> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(SPKI_PREFIX_BYTES);
  const keyId = `${device}.${randomBytes(6).toString("hex")}`;
  await db.query("INSERT INTO hub.device_key (key_id, device_id, public_key) VALUES ($1, $2, $3)", [
    keyId,
    device,
    raw,
  ]);
  const rights = await db.query<{ feed: string }>(
    "SELECT feed_id AS feed FROM hub.stream_right WHERE device_id = $1 ORDER BY 1",
    [device],
  );
  return {
    id: device,
    keyId,
    privateKeyPem: privateKey.export({ format: "pem", type: "pkcs8" }) as string,
    feeds: rights.rows.map(({ feed }) => feed),
  };
}

/**
 * Registers a device with its first key and its stream rights.
 * @throws HubError BAD_USER_INPUT naming what is wrong: id taken or no slug, unknown city, feed or zone
 */
export async function registerDevice(admin: Pool, device: NewDevice): Promise<DeviceCredentials> {
  const { id, city, feeds, kind = "EDGE_AI_BOX", zone } = device;
  if (id.length > 64 || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) {
    throw wrong("id", "A device's id has small letters, digits and single dashes, at most 64.");
  }
  if (feeds.length === 0) throw wrong("feed", "A device needs a feed that it may write to.");
  return inTransaction(admin, async (client) => {
    const found = await client.query("SELECT FROM hub.city WHERE id = $1", [city]);
    if (found.rowCount === 0) throw wrong("city", "There is no such city.");
    const known = await client.query<{ id: string; controller: string; synthetic: boolean }>(
      `SELECT f.id, p.controller_id AS controller, f.is_synthetic AS synthetic
         FROM hub.feed f JOIN hub.population p ON p.number = f.population_number
        WHERE f.id = ANY($1) AND p.city_id = $2`,
      [feeds, city],
    );
    const [first] = known.rows;
    if (first === undefined || known.rowCount !== new Set(feeds).size) {
      throw wrong("feed", "There is no such feed in this city.");
    }
    const zoneId = zone === undefined ? null : `${city}/${zone}`;
    if (zoneId !== null && (await client.query("SELECT FROM hub.zone WHERE id = $1", [zoneId])).rowCount === 0) {
      throw wrong("zone", "There is no such zone in this city.");
    }
    const inserted = await client.query(
      `INSERT INTO hub.device (id, city_id, organization_id, kind, zone_id, is_synthetic)
       VALUES ($1, $2, $3, $4::hub."DeviceKind", $5, $6) ON CONFLICT DO NOTHING`,
      [id, city, first.controller, kind, zoneId, first.synthetic],
    );
    if (inserted.rowCount === 0) throw wrong("id", "A device of this id is registered already.");
    await client.query("INSERT INTO hub.stream_right (device_id, feed_id) SELECT $1, unnest($2::text[])", [
      id,
      [...new Set(feeds)],
    ]);
    return issueKey(client, id);
  });
}

/**
 * Gives a device a new key; the ones it has stay valid for the overlap, so that it can change over.
 * @throws HubError BAD_USER_INPUT for an unknown or revoked device
 */
export async function rotateKey(
  admin: Pool,
  id: string,
  overlapSeconds: number = OVERLAP_SECONDS,
): Promise<DeviceCredentials> {
  return inTransaction(admin, async (client) => {
    const { rows } = await client.query<{ revoked: boolean }>(
      "SELECT revoked_at IS NOT NULL AS revoked FROM hub.device WHERE id = $1 FOR UPDATE",
      [id],
    );
    if (rows[0] === undefined) throw wrong("id", "There is no such device.");
    if (rows[0].revoked) throw wrong("id", "The device is revoked: register it under another id.");
    await client.query(
      `UPDATE hub.device_key SET expires_at = least(expires_at, now() + make_interval(secs => $2))
        WHERE device_id = $1 AND revoked_at IS NULL`,
      [id, overlapSeconds],
    );
    return issueKey(client, id);
  });
}

/**
 * Withdraws a device and all its keys: refused by the intake within a second, for ever. Repeatable.
 * @throws HubError BAD_USER_INPUT for an unknown device
 */
export async function revokeDevice(admin: Pool, id: string): Promise<void> {
  await inTransaction(admin, async (client) => {
    const device = await client.query("UPDATE hub.device SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1", [
      id,
    ]);
    if (device.rowCount === 0) throw wrong("id", "There is no such device.");
    await client.query("UPDATE hub.device_key SET revoked_at = coalesce(revoked_at, now()) WHERE device_id = $1", [id]);
  });
}

/** Every device with its feeds and the keys that are usable now, by city and id. */
export async function listDevices(admin: Queryable): Promise<DeviceLine[]> {
  const { rows } = await admin.query<Omit<DeviceLine, "keys"> & { keys: [string, string, string | null][] }>(
    `SELECT d.id, d.city_id AS city, d.kind::text AS kind, d.zone_id AS zone, d.created_at AS "createdAt",
            d.revoked_at AS "revokedAt",
            ARRAY(SELECT r.feed_id FROM hub.stream_right r WHERE r.device_id = d.id ORDER BY 1) AS feeds,
            coalesce((SELECT jsonb_agg(jsonb_build_array(k.key_id, k.created_at, k.expires_at) ORDER BY k.created_at)
                        FROM hub.device_key k
                       WHERE k.device_id = d.id AND k.revoked_at IS NULL AND coalesce(k.expires_at > now(), true)), '[]'
                    ) AS keys
       FROM hub.device d ORDER BY d.city_id, d.id`,
  );
  return rows.map(({ keys, ...device }) => ({
    ...device,
    keys: keys.map(([keyId, createdAt, expiresAt]) => ({
      keyId,
      createdAt: new Date(createdAt),
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    })),
  }));
}
