import { dayBounds } from "../core/time.ts";
import { type CityConfig, type DatasetConfig, type PlanConfig, partitionsOf } from "./cities/city.ts";
import type { Backfill } from "./cities/history.ts";
import { createPrisma, type Writer } from "./client.ts";
import { planNumbers } from "./plan-numbers.ts";

/** PostgreSQL takes at most 65 535 parameters in a statement: rows go in parts. */
const ROWS_AT_ONCE = 2_000;

async function inParts<T>(rows: readonly T[], write: (part: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) await write(rows.slice(at, at + ROWS_AT_ONCE));
}

/** A zone's id in the hub. */
export const zoneId = (city: string, slug: string): string => `${city}/${slug}`;

/**
 * Writes a city configuration into the catalogue: what is missing is made, texts and geometry of what is there are
 * brought up to date. A plan that exists is left as it is with its partitions: it is fixed once a day is debited.
 * @param url hub database with an administrator's role
 * @throws on any fault; then nothing of it is written
 */
export async function applyCity(url: string, config: CityConfig): Promise<void> {
  const prisma = createPrisma(url);
  try {
    await prisma.$transaction((writer) => writeCity(writer, config), { timeout: 60_000, maxWait: 10_000 });
  } finally {
    await prisma.$disconnect();
  }
}

async function writeCity(prisma: Writer, config: CityConfig): Promise<void> {
  const [west, south, east, north] = config.bounds;
  const city = {
    nameKo: config.nameKo,
    nameEn: config.nameEn,
    timeZone: config.timeZone,
    west,
    south,
    east,
    north,
    isSynthetic: config.isSynthetic,
    ...(config.backdrop !== null && { backdrop: config.backdrop }),
  };
  await prisma.city.upsert({ where: { id: config.id }, create: { id: config.id, ...city }, update: city });
  await prisma.thresholdVersion.createMany({
    data: config.thresholds.map(({ validFrom, ...rest }) => ({
      ...rest,
      cityId: config.id,
      validFrom: new Date(dayBounds(validFrom, config.timeZone).from),
    })),
    skipDuplicates: true,
  });
  for (const { slug, ...rest } of config.organizations) {
    await prisma.organization.upsert({ where: { slug }, create: { slug, ...rest }, update: rest });
  }
  const organizations = new Map((await prisma.organization.findMany()).map((one) => [one.slug, one.id]));
  const organization = (slug: string): string => found(organizations, slug, "organization");

  await writeZones(prisma, config);
  await writeSnapSets(prisma, config);
  for (const population of config.populations) {
    const { slug, controller, unit, latenessSeconds, skewSeconds, ...told } = population;
    // What days are opened and sealed by is fixed with the population.
    const clocks = { latenessSeconds, skewSeconds };
    await prisma.population.upsert({
      where: { slug },
      create: { slug, unit, ...clocks, ...told, cityId: config.id, controllerId: organization(controller) },
      update: told,
    });
  }
  const populations = new Map((await prisma.population.findMany()).map((one) => [one.slug, one.number]));
  const population = (slug: string): number => found(populations, slug, "population");

  for (const { id, population: slug, readingTypes, heartbeatSeconds } of config.feeds) {
    const feed = { readingTypes, heartbeatSeconds, isSynthetic: config.isSynthetic };
    await prisma.feed.upsert({
      where: { id },
      create: { id, populationNumber: population(slug), ...feed },
      update: feed,
    });
  }
  await prisma.edgeModel.createMany({
    data: config.edgeModels.map(({ organization: slug, ...rest }) => ({ ...rest, organizationId: organization(slug) })),
    skipDuplicates: true,
  });
  for (const device of config.devices) {
    const place = { zoneId: device.zone === null ? null : zoneId(config.id, device.zone) };
    await prisma.device.upsert({
      where: { id: device.id },
      create: {
        id: device.id,
        cityId: config.id,
        organizationId: organization(device.organization),
        kind: device.kind,
        isSynthetic: config.isSynthetic,
        ...place,
      },
      update: place,
    });
  }
  await prisma.streamRight.createMany({
    data: config.devices.flatMap(({ id, feeds, vouches }) =>
      feeds.map((feedId) => ({ deviceId: id, feedId, vouches: vouches.includes(feedId) })),
    ),
    skipDuplicates: true,
  });
  // The right to vouch for accounts is as the configuration says, also where the device was there before.
  for (const { id: deviceId, vouches } of config.devices) {
    await prisma.streamRight.updateMany({ where: { deviceId, feedId: { in: vouches } }, data: { vouches: true } });
    await prisma.streamRight.updateMany({ where: { deviceId, feedId: { notIn: vouches } }, data: { vouches: false } });
  }
  for (const dataset of config.datasets) {
    await writeDataset(prisma, config, dataset, organization(dataset.organization));
    for (const plan of dataset.plans) await writePlan(prisma, config, dataset, plan, population(plan.population));
  }
}

async function writeZones(prisma: Writer, config: CityConfig): Promise<void> {
  const known = new Set(
    (await prisma.zone.findMany({ where: { cityId: config.id }, select: { slug: true } })).map((zone) => zone.slug),
  );
  const rows = config.zones.map(({ slug, centre, parent: _, ...rest }) => ({
    ...rest,
    id: zoneId(config.id, slug),
    cityId: config.id,
    slug,
    longitude: centre[0],
    latitude: centre[1],
  }));
  await inParts(
    rows.filter((row) => !known.has(row.slug)),
    (data) => prisma.zone.createMany({ data }),
  );
  for (const { id, ...rest } of rows.filter((row) => known.has(row.slug))) {
    await prisma.zone.update({ where: { id }, data: rest });
  }
  for (const { slug, parent } of config.zones) {
    if (parent === null) continue;
    await prisma.zone.update({
      where: { id: zoneId(config.id, slug) },
      data: { parentId: zoneId(config.id, parent) },
    });
  }
}

/** A set that is there stays as it is: its points are fixed. */
async function writeSnapSets(prisma: Writer, config: CityConfig): Promise<void> {
  const cityId = config.id;
  for (const { version, reachM, validFrom, points } of config.snapSets) {
    const key = { cityId, version };
    if ((await prisma.snapVersion.findUnique({ where: { cityId_version: key } })) !== null) continue;
    await prisma.snapVersion.create({ data: { ...key, reachM, validFrom: new Date(`${validFrom}T00:00:00Z`) } });
    const rows = points.map(({ position: [longitude, latitude], zone, ...rest }) => ({
      ...{ ...key, ...rest, longitude, latitude, zoneId: zoneId(cityId, zone) },
    }));
    await inParts(rows, (data) => prisma.snapPoint.createMany({ data }));
  }
}

async function writeDataset(
  prisma: Writer,
  config: CityConfig,
  dataset: DatasetConfig,
  organizationId: string,
): Promise<void> {
  const { id, organization: _, feeds, plans: __, offers, views, ...rest } = dataset;
  const row = {
    ...rest,
    cityId: config.id,
    organizationId,
    isSynthetic: config.isSynthetic,
    feeds: { connect: feeds.map((feed) => ({ id: feed })) },
  };
  await prisma.dataset.upsert({ where: { id }, create: { id, ...row }, update: row });
  await prisma.datasetView.deleteMany({ where: { datasetId: id, tier: { notIn: views.map(({ tier }) => tier) } } });
  for (const { tier, ...view } of views) {
    const key = { datasetId: id, tier };
    await prisma.datasetView.upsert({ where: { datasetId_tier: key }, create: { ...key, ...view }, update: view });
  }
  await prisma.offer.createMany({
    data: offers.map((offer) => ({ ...offer, datasetId: id })),
    skipDuplicates: true,
  });
}

async function writePlan(
  prisma: Writer,
  config: CityConfig,
  dataset: DatasetConfig,
  plan: PlanConfig,
  populationNumber: number,
): Promise<void> {
  const key = { datasetId: dataset.id, version: plan.version };
  if ((await prisma.plan.findUnique({ where: { datasetId_version: key } })) !== null) return;
  const { version: _, population: __, partitions: ___, dayparts, ...rest } = plan;
  const { number } = await prisma.plan.create({
    data: {
      ...key,
      ...rest,
      daypartHours: dayparts.map(({ fromHour }) => fromHour),
      daypartBounds: dayparts.map(({ bound }) => bound),
      ...planNumbers(dataset.id, plan),
      populationNumber,
      additive: plan.statistic !== "ORIGIN_DESTINATION",
    },
  });
  const rows = partitionsOf(config, plan).map(({ cell, zone, category, device }) => ({
    planNumber: number,
    cell,
    zoneId: zoneId(config.id, zone),
    category,
    deviceId: device,
  }));
  await inParts(rows, (data) => prisma.partition.createMany({ data }));
}

/**
 * Declares a past period (rule P19). Declaring the same file for the same population again changes nothing.
 * @param url hub database with an administrator's role
 */
export async function declareBackfill(url: string, cityId: string, backfills: readonly Backfill[]): Promise<void> {
  const prisma = createPrisma(url);
  try {
    const populations = new Map((await prisma.population.findMany()).map((one) => [one.slug, one.number]));
    await prisma.backfill.createMany({
      data: backfills.map(({ population, firstDay, lastDay, ...rest }) => ({
        ...rest,
        cityId,
        populationNumber: found(populations, population, "population"),
        firstDay: new Date(`${firstDay}T00:00:00Z`),
        lastDay: new Date(`${lastDay}T00:00:00Z`),
      })),
      skipDuplicates: true,
    });
  } finally {
    await prisma.$disconnect();
  }
}

function found<T>(map: ReadonlyMap<string, T>, key: string, what: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`there is no ${what} ${key}`);
  return value;
}
