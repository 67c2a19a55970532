import type { Figure } from "../figures.ts";
import type { Suite } from "../suite.ts";
import { acknowledgementFigures } from "./acknowledgement.ts";
import { makeBenchCity } from "./city.ts";
import { microFigures } from "./micro.ts";
import { endFirstDay, releaseFigures } from "./release.ts";
import { seriesFigures } from "./series.ts";
import { throughputFigures } from "./throughput.ts";

/** The way of a reading, from the signed batch to the answered series. */
export const slice: Suite = async (bench): Promise<Figure[]> => {
  bench.say("one process by itself: noise, seals, signatures");
  const micro = await microFigures();
  const { hub } = bench.databases;
  const people = await makeBenchCity(hub, "people");
  const vehicles = await makeBenchCity(hub, "vehicles");
  const throughput = await throughputFigures(bench, people);
  const acknowledgement = await acknowledgementFigures(bench, people);
  bench.say("sealing the day of the load");
  await endFirstDay(bench, people);
  const release = await releaseFigures(bench, [people, vehicles]);
  const series = await seriesFigures(bench);
  return [...throughput, ...acknowledgement, ...release, ...series, ...micro];
};
