/** Five classes of a measured quantity, 1 (least) to 5 (most). */
export type FlowClass = 1 | 2 | 3 | 4 | 5;

const CLASSES: readonly FlowClass[] = [1, 2, 3, 4, 5];
const STEPS: readonly number[] = [1, 1.5, 2, 3, 4, 5, 6, 8];

/**
 * Round upper limits of the first four classes, so that the legend can be read: the greatest value is cut into fifths
 * and each fifth is rounded up to a whole step of one digit, or of 15 times a power of ten.
 */
export function classLimits(values: readonly (number | null)[]): readonly number[] {
  const greatest = Math.max(0, ...values.filter((value) => value !== null));
  const step = roundStep(greatest / 5);
  return [step, 2 * step, 3 * step, 4 * step];
}

function roundStep(raw: number): number {
  if (raw <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = STEPS.find((candidate) => candidate * power >= raw && Number.isInteger(candidate * power)) ?? 10;
  return factor * power;
}

/** The class of a value; limits belong to the class above. */
export function classOf(value: number, limits: readonly number[]): FlowClass {
  const index = limits.findIndex((limit) => value < limit);
  return CLASSES[index === -1 ? CLASSES.length - 1 : index] ?? 5;
}
