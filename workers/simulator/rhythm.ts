/** How lively a city is through the day. A peak: hour of the day, width in hours, height. */
type Peak = readonly [hour: number, width: number, height: number];
type Profile = { readonly floor: number; readonly weekday: readonly Peak[]; readonly weekend: readonly Peak[] };

const PROFILES = {
  /** lunch, the way home, the evening out */
  people: {
    floor: 0.06,
    weekday: [
      [8.3, 0.9, 1.3],
      [12.4, 0.9, 2.8],
      [18.4, 1.4, 2.6],
      [20.5, 1.6, 1.2],
    ],
    weekend: [
      [13.5, 2.4, 2],
      [19.5, 2.4, 2.4],
    ],
  },
  /** two rush hours */
  vehicles: {
    floor: 0.12,
    weekday: [
      [8.2, 1, 3],
      [13, 3, 1.1],
      [18.3, 1.3, 3.1],
    ],
    weekend: [
      [12.5, 3, 1.8],
      [17.5, 2.6, 1.9],
    ],
  },
  /** to work, from work, and the river at the weekend */
  bikes: {
    floor: 0.05,
    weekday: [
      [8.1, 0.8, 3.2],
      [12.5, 1, 1],
      [18.4, 1.2, 3.4],
    ],
    weekend: [
      [11, 2, 1.6],
      [16, 2.2, 2.6],
    ],
  },
  incidents: {
    floor: 0.4,
    weekday: [
      [9, 2, 1],
      [18, 3, 1.4],
    ],
    weekend: [[20, 3, 1.8]],
  },
} satisfies Record<string, Profile>;

export type Rhythm = keyof typeof PROFILES;

/** A weekend day is this lively beside a weekday. */
const WEEKEND: Record<Rhythm, number> = { people: 1.15, vehicles: 0.8, bikes: 0.9, incidents: 1.1 };

const raw = ({ floor }: Profile, peaks: readonly Peak[], hour: number): number =>
  peaks.reduce((sum, [at, width, height]) => sum + height * Math.exp(-(((hour - at) / width) ** 2) / 2), floor);

const means = new Map<string, number>();

function meanOf(rhythm: Rhythm, peaks: readonly Peak[], key: string): number {
  let mean = means.get(key);
  if (mean === undefined) {
    mean = 0;
    for (let at = 0; at < 144; at++) mean += raw(PROFILES[rhythm], peaks, at / 6) / 144;
    means.set(key, mean);
  }
  return mean;
}

/**
 * How lively the hour is: 1 is the mean of a weekday.
 * @param hour local, 0 to 24, with fractions
 */
export function liveliness(rhythm: Rhythm, hour: number, isWeekend: boolean): number {
  const profile = PROFILES[rhythm];
  const peaks = isWeekend ? profile.weekend : profile.weekday;
  const shape = raw(profile, peaks, hour) / meanOf(rhythm, peaks, `${rhythm}${isWeekend}`);
  return shape * (isWeekend ? WEEKEND[rhythm] : 1);
}

/** Saturday or Sunday. */
export function isWeekend(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;
}
