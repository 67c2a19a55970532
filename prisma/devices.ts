import { generateKeyPairSync, randomBytes } from "node:crypto";
import { HubError } from "../core/errors.ts";
import { inTransaction, type Pool, type Queryable } from "../runtime/postgres.ts";

/** What a device needs to sign its batches. The private key is shown once and stored nowhere in the hub. */
export type DeviceCredentials = {
  readonly id: string;
  readonly keyId: string;
  /** PKCS#8, PEM */
  readonly privateKeyPem: string;
  readonly feeds: readonly string[];
};

export type NewDevice = {
  readonly id: string;
  readonly city: string;
  readonly kind: string;
  readonly feeds: readonly string[];
  /** slug of the zone it stands in */
  readonly zone: string | null;
};

export type DeviceRow = {
  readonly id: string;
  readonly city: string;
  readonly kind: string;
  readonly zone: string | null;
  readonly feeds: string[];
  readonly revoked_at: Date | null;
  readonly keys: { keyId: string; createdAt: string; expiresAt: string | null; revokedAt: string | null }[];
};

/** Raw Ed25519 public key: the last 32 bytes of its SubjectPublicKeyInfo. */
const RAW_KEY_BYTES = 32;

async function addKey(admin: Queryable, device: string, feeds: readonly string[]): Promise<DeviceCredentials> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-RAW_KEY_BYTES);
  const keyId = `${device}.${randomBytes(6).toString("hex")}`;
  await admin.query("INSERT INTO hub.device_key (key_id, device_id, public_key) VALUES ($1, $2, $3)", [
    keyId,
    device,
    raw,
  ]);
  return { id: device, keyId, privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), feeds };
}

/**
 * Registers a device with its rights and makes its first key.
 * @throws HubError BAD_USER_INPUT naming the field: id taken, unknown city, feed or zone, feed of another city
 */
export async function registerDevice(hub: Pool, device: NewDevice): Promise<DeviceCredentials> {
  return inTransaction(hub, async (client) => {
    const zone = device.zone === null ? null : `${device.city}/${device.zone}`;
    const { rows } = await client.query<{ city: boolean; zone: boolean; taken: boolean; feeds: string[] }>(
      `SELECT EXISTS (SELECT FROM hub.city WHERE id = $1) AS city,
              $2::text IS NULL OR EXISTS (SELECT FROM hub.zone WHERE id = $2) AS zone,
              EXISTS (SELECT FROM hub.device WHERE id = $3) AS taken,
              ARRAY(SELECT f.id FROM hub.feed f JOIN hub.population p ON p.number = f.population_number
                     WHERE f.id = ANY ($4) AND p.city_id = $1) AS feeds`,
      [device.city, zone, device.id, device.feeds],
    );
    const [found] = rows;
    if (found?.city !== true) throw refused("city", "a city of this hub", "see the cities of the catalogue");
    if (found.taken) throw refused("id", "not in use", "choose another id, or rotate the key of this one");
    if (!found.zone) throw refused("zone", "a zone of the city", "name the slug of a zone");
    const missing = device.feeds.find((feed) => !found.feeds.includes(feed));
    if (missing !== undefined) throw refused("feed", "a feed of the city", `${missing} is none`);
    await client.query(
      `INSERT INTO hub.device (id, city_id, organization_id, kind, zone_id, is_synthetic)
       SELECT $1, $2, p.controller_id, $3::hub."DeviceKind", $4, f.is_synthetic
         FROM hub.feed f JOIN hub.population p ON p.number = f.population_number WHERE f.id = $5`,
      [device.id, device.city, device.kind, zone, device.feeds[0]],
    );
    await client.query("INSERT INTO hub.stream_right (device_id, feed_id) SELECT $1, unnest($2::text[])", [
      device.id,
      device.feeds,
    ]);
    return addKey(client, device.id, device.feeds);
  });
}

/**
 * Gives a device a further key. The keys before it stay valid for `overlapSeconds`; without an overlap they end at once.
 * @throws HubError NOT_FOUND for an unknown or revoked device
 */
export async function rotateKey(hub: Pool, device: string, overlapSeconds: number): Promise<DeviceCredentials> {
  return inTransaction(hub, async (client) => {
    const { rows } = await client.query<{ feeds: string[] }>(
      `SELECT ARRAY(SELECT feed_id FROM hub.stream_right WHERE device_id = d.id ORDER BY 1) AS feeds
         FROM hub.device d WHERE d.id = $1 AND d.revoked_at IS NULL FOR UPDATE`,
      [device],
    );
    const [found] = rows;
    if (found === undefined) throw unknown(device);
    await client.query(
      `UPDATE hub.device_key SET expires_at = least(expires_at, now() + make_interval(secs => $2))
        WHERE device_id = $1 AND revoked_at IS NULL`,
      [device, overlapSeconds],
    );
    return addKey(client, device, found.feeds);
  });
}

/**
 * Revokes a device and all its keys: the intake refuses it within a second.
 * @throws HubError NOT_FOUND for an unknown device
 */
export async function revokeDevice(hub: Pool, device: string): Promise<void> {
  await inTransaction(hub, async (client) => {
    const result = await client.query("UPDATE hub.device SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1", [
      device,
    ]);
    if (result.rowCount === 0) throw unknown(device);
    await client.query("UPDATE hub.device_key SET revoked_at = coalesce(revoked_at, now()) WHERE device_id = $1", [
      device,
    ]);
  });
}

/** Every device with its feeds and keys, by id. */
export async function listDevices(hub: Queryable): Promise<DeviceRow[]> {
  const { rows } = await hub.query<DeviceRow>(
    `SELECT d.id, d.city_id AS city, d.kind::text, d.zone_id AS zone, d.revoked_at,
            ARRAY(SELECT feed_id FROM hub.stream_right WHERE device_id = d.id ORDER BY 1) AS feeds,
            coalesce((SELECT jsonb_agg(jsonb_build_object('keyId', k.key_id, 'createdAt', k.created_at,
                        'expiresAt', k.expires_at, 'revokedAt', k.revoked_at) ORDER BY k.created_at)
                        FROM hub.device_key k WHERE k.device_id = d.id), '[]') AS keys
       FROM hub.device d ORDER BY d.id`,
  );
  return rows;
}

function refused(field: string, rule: string, fix: string): HubError {
  return new HubError("BAD_USER_INPUT", `The device cannot be registered: ${field}.`, { field, rule, fix });
}

function unknown(device: string): HubError {
  return new HubError("NOT_FOUND", "There is no such device, or it is revoked.", {
    field: "id",
    rule: "a registered device",
    fix: `npm run device -- list shows them; ${device} is not among them`,
  });
}
