const DAY_MS = 86_400_000;
const PARTS = 4096;
const DAYS = 2 ** 17;

/**
 * The number of a batch: it follows from the file, the event day and the part of the day, so that a second run sends the
 * same numbers. 24 bits of the file's hash, 17 of the day, 12 of the part: 53 in all.
 * @throws RangeError for a part or day out of range
 */
export function sequenceOf(sha256: string, day: string, part: number): number {
  const date = Date.parse(day) / DAY_MS;
  if (!(part >= 0 && part < PARTS && date >= 0 && date < DAYS)) throw new RangeError("a day has at most 4096 batches");
  return (Number.parseInt(sha256.slice(0, 6), 16) * DAYS + date) * PARTS + part;
}

/** All numbers that a file can have: from the first, to before the second. */
export function sequencesOf(sha256: string): readonly [from: number, to: number] {
  const file = Number.parseInt(sha256.slice(0, 6), 16);
  return [file * DAYS * PARTS, (file + 1) * DAYS * PARTS];
}
