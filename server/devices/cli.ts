import { BATCH_PATH } from "../../core/edge/batch.ts";
import { HubError } from "../../core/errors.ts";
import {
  type DeviceCredentials,
  type DeviceLine,
  listDevices,
  registerDevice,
  revokeDevice,
  rotateKey,
} from "../../prisma/devices.ts";
import { runCommand } from "../../runtime/command-line.ts";
import { createPool, type Pool } from "../../runtime/postgres.ts";
import { type Command, readCommand, USAGE } from "./command.ts";
import { readConfig } from "./config.ts";

process.exitCode = await runCommand(process.argv.slice(2), USAGE, readCommand, onHub, sentence);

async function onHub(command: Command): Promise<void> {
  const config = readConfig();
  const admin = createPool(config.HUB_DATABASE_URL, { name: "device", max: 1 });
  try {
    await run(command, admin, config.MADANG_URL);
  } finally {
    await admin.end();
  }
}

async function run(command: Command, admin: Pool, hub: string): Promise<void> {
  switch (command.verb) {
    case "add":
      print(await registerDevice(admin, command.device), hub);
      break;
    case "rotate":
      print(await rotateKey(admin, command.id, command.overlapSeconds), hub);
      break;
    case "revoke":
      await revokeDevice(admin, command.id);
      console.log(`${command.id} is revoked.`);
      break;
    case "list": {
      const devices = await listDevices(admin);
      console.log(command.json ? JSON.stringify(devices, null, 2) : table(devices));
    }
  }
}

function print(credentials: DeviceCredentials, hub: string): void {
  const address = new URL(BATCH_PATH, hub).href;
  console.log(JSON.stringify({ ...credentials, feed: credentials.feeds[0], hub, address }, null, 2));
  console.error("Keep this: the hub does not store the private key and prints it this once.");
}

function table(devices: readonly DeviceLine[]): string {
  const rows = devices.map((device) => [
    device.id,
    device.city,
    device.kind,
    device.feeds.join(","),
    device.revokedAt === null ? `${device.keys.length} key${device.keys.length === 1 ? "" : "s"}` : "revoked",
  ]);
  const all = [["DEVICE", "CITY", "KIND", "FEEDS", "STATE"], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function sentence(error: unknown): string {
  if (error instanceof HubError) return error.field === undefined ? error.detail : `--${error.field}: ${error.detail}`;
  const code = (error as { code?: string }).code;
  return code === undefined ? "The device command failed." : `The hub database does not do this (${code}).`;
}
