import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./hub/generated/client.ts";

export type Prisma = PrismaClient;
/** What a write inside a transaction needs. */
export type Writer = Omit<PrismaClient, "$connect" | "$disconnect" | "$on" | "$transaction" | "$extends">;

/** The catalogue's client. Sessions are in UTC: the adapter reads `timestamptz` wrong otherwise. */
export function createPrisma(url: string): Prisma {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, options: "-c TimeZone=UTC", max: 2 }) });
}
