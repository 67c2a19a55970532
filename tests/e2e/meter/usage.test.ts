import { randomUUID } from "node:crypto";
import { uuid7 } from "../../../core/ids.ts";
import { monthQuota } from "../../../core/licence/price.ts";
import { quotaMonth } from "../../../core/licence/quota.ts";
import { createPool, type Pool } from "../../../runtime/postgres.ts";
import { usageOf, usedSince } from "../../../schema/market/usage.ts";
import { makeCity, presence } from "../../support/city.ts";
import { type Customer, licensed, sellOnly } from "../../support/licensed.ts";
import { onStage } from "../../support/stage/on-stage.ts";

// What is told of use: by day and hour of the city's clock, against the month's quota with what was carried over.
onStage("The use of a licence", (stage) => {
  const timeZone = "Asia/Seoul";
  const dataset = { id: "" };
  let pool: Pool;
  beforeAll(async () => {
    const city = await makeCity(stage().hub, { timeZone, ...presence() });
    dataset.id = city.plans["flow"]?.dataset ?? "";
    await sellOnly(stage().hub, dataset.id);
    pool = createPool(stage().addresses("madang_api").hub, { name: "meter", max: 2 });
  });
  afterAll(async () => pool.end());

  /** Records use as the meter does, at an instant. */
  const use = async (customer: Customer, at: number, units: number, limit: number) => {
    const month = quotaMonth(at, timeZone).day;
    const event = {
      licence: customer.licence,
      organization: customer.organization,
      key: null,
      operation: "query",
      units,
    };
    const { rows } = await pool.query<{ refused: string[] }>("SELECT refused FROM meter.record($1)", [
      JSON.stringify([{ ...event, id: idAt(at), dataset: dataset.id, month, quota: limit }]),
    ]);
    return rows[0]?.refused.length === 0;
  };
  /** A version 7 id of a past millisecond. */
  const idAt = (at: number): string => {
    const hex = at.toString(16).padStart(12, "0");
    return `${hex.slice(0, 8)}-${hex.slice(8)}${uuid7().slice(13)}`;
  };
  const at = (text: string) => Date.parse(text);

  test("is told by the days and hours of the city, with those without use", async () => {
    const customer = await licensed(stage().hub, { dataset: dataset.id, quota: 1_000 });
    // 23:30 of the 9th and 00:30 of the 10th in Seoul are one day in UTC.
    await use(customer, at("2026-10-09T14:30:00Z"), 10, 1_000);
    await use(customer, at("2026-10-09T15:30:00Z"), 7, 1_000);
    await use(customer, at("2026-10-09T15:40:00Z"), 3, 1_000);
    await use(customer, at("2026-09-30T14:59:59Z"), 500, 1_000);
    const now = at("2026-10-10T02:00:00Z");
    const told = await usageOf({ hub: pool, now: () => now }, customer.licence, null);
    expect(told).toMatchObject({ month: "2026-10", quota: 1_000, used: 20, resetAt: at("2026-10-31T15:00:00Z") });
    expect(told.byDay).toHaveLength(10);
    expect(told.byDay.slice(-2)).toEqual([
      { at: at("2026-10-08T15:00:00Z"), dataset: dataset.id, units: 10 },
      { at: at("2026-10-09T15:00:00Z"), dataset: dataset.id, units: 10 },
    ]);
    expect(told.byHour).toHaveLength(48);
    expect(told.byHour.filter(({ units }) => units > 0)).toEqual([
      { at: at("2026-10-09T14:00:00Z"), dataset: dataset.id, units: 10 },
      { at: at("2026-10-09T15:00:00Z"), dataset: dataset.id, units: 10 },
    ]);
    expect(await usageOf({ hub: pool, now: () => now }, customer.licence, "2026-09")).toMatchObject({ used: 500 });
    expect(await usageOf({ hub: pool, now: () => now }, customer.licence, "2026-12")).toMatchObject({
      used: 0,
      byDay: [],
      byHour: [],
    });
    await expect(usageOf({ hub: pool, now: () => now }, randomUUID(), null)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("of the last hours is counted across days", async () => {
    const customer = await licensed(stage().hub, { dataset: dataset.id, quota: 1_000 });
    const now = Date.now();
    await use(customer, now - 3_600_000, 5, 1_000);
    await use(customer, now - 48 * 3_600_000, 50, 1_000);
    expect(await usedSince({ hub: pool, now: () => now }, customer.licence, now - 86_400_000)).toBe(5);
  });

  test.each([
    ["what the month before left", 300],
    ["nothing when all of it was used", 1_000],
    ["a whole quota when nothing was used", 0],
  ])("of a subscription carries over %s, once", async (_what, usedBefore) => {
    const customer = await licensed(stage().hub, {
      dataset: dataset.id,
      quota: 1_000,
      price: { model: "SUBSCRIPTION", monthly: 50_000, carryOver: true },
    });
    // In force since before the last month.
    await stage().hub.query("ALTER TABLE market.licence DISABLE TRIGGER keep_licence");
    await stage().hub.query(
      "UPDATE market.licence SET activated_at = activated_at - interval '70 days' WHERE id = $1",
      [customer.licence],
    );
    await stage().hub.query("ALTER TABLE market.licence ENABLE ALWAYS TRIGGER keep_licence");
    const { from, day } = quotaMonth(Date.now(), timeZone);
    if (usedBefore > 0) await use(customer, from - 1_000, usedBefore, 1_000);
    const { rows } = await pool.query("SELECT quota, carried FROM meter.standing($1, $2)", [customer.licence, day]);
    expect(rows).toEqual([{ quota: 1_000, carried: 1_000 - usedBefore }]);
    const limit = Number(monthQuota({ carryOver: true }, 1_000n, BigInt(usedBefore)));
    expect(await usageOf({ hub: pool, now: Date.now }, customer.licence, null)).toMatchObject({ quota: limit });
    expect(await use(customer, Date.now(), limit, limit)).toBe(true);
  });

  test("of a subscription that began this month, or of another price, carries nothing over", async () => {
    const { day } = quotaMonth(Date.now(), timeZone);
    for (const price of [
      { model: "SUBSCRIPTION", monthly: 50_000, carryOver: true } as const,
      { model: "METERED", unitMicro: 5 } as const,
    ]) {
      const { licence } = await licensed(stage().hub, { dataset: dataset.id, quota: 1_000, price });
      const { rows } = await pool.query("SELECT quota, carried FROM meter.standing($1, $2)", [licence, day]);
      expect(rows).toEqual([{ quota: 1_000, carried: 0 }]);
    }
  });

  test("is told as CloudEvents 1.0", async () => {
    const customer = await licensed(stage().hub, { dataset: dataset.id, quota: 1_000 });
    const instant = at("2026-10-09T14:30:00.250Z");
    await use(customer, instant, 10, 1_000);
    const { rows } = await pool.query<{ body: Record<string, unknown> }>(
      "SELECT body FROM meter.cloud_event WHERE licence = $1",
      [customer.licence],
    );
    expect(rows[0]?.body).toEqual({
      specversion: "1.0",
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      source: `/datasets/${dataset.id}/query`,
      type: "org.madang.usage.v1",
      subject: customer.licence,
      time: "2026-10-09T14:30:00.250Z",
      datacontenttype: "application/json",
      data: {
        licence: customer.licence,
        organization: customer.organization,
        key: null,
        dataset: dataset.id,
        operation: "query",
        units: 10,
        month: "2026-10",
      },
    });
  });
});
