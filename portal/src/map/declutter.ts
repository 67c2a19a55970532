/** A label that would like to stand at a point; the greater priority is placed first. */
export type Label = {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly priority: number;
};

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

export type Side = "right" | "left" | "below" | "above";

const SIDES: readonly Side[] = ["right", "left", "below", "above"];

/**
 * Places labels beside their points without overlap: by priority, each on the first free of four sides, inside the
 * frame; the rest is not placed (shown on hover and focus). `gap` is the distance from the point in pixels, `obstacles`
 * are the radii around all points that labels keep clear of.
 * @returns the side of each placed label by its id
 */
export function declutter(
  labels: readonly Label[],
  frame: { readonly width: number; readonly height: number },
  gap: number,
): ReadonlyMap<string, Side> {
  const placed = new Map<string, Side>();
  const taken: { id: string; box: Box }[] = labels.map((label) => ({ id: label.id, box: markBox(label, gap) }));
  const byPriority = [...labels].sort((a, b) => b.priority - a.priority || a.id.localeCompare(b.id));
  for (const label of byPriority) {
    const side = SIDES.find((candidate) => {
      const box = labelBox(label, candidate, gap);
      return inside(box, frame) && taken.every((other) => other.id === label.id || !overlap(box, other.box));
    });
    if (!side) continue;
    placed.set(label.id, side);
    taken.push({ id: `${label.id} label`, box: labelBox(label, side, gap) });
  }
  return placed;
}

function markBox({ x, y }: Label, gap: number): Box {
  const reach = gap * 0.7;
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
}

function labelBox({ x, y, width, height }: Label, side: Side, gap: number): Box {
  switch (side) {
    case "right":
      return { left: x + gap, right: x + gap + width, top: y - height / 2, bottom: y + height / 2 };
    case "left":
      return { left: x - gap - width, right: x - gap, top: y - height / 2, bottom: y + height / 2 };
    case "below":
      return { left: x - width / 2, right: x + width / 2, top: y + gap, bottom: y + gap + height };
    case "above":
      return { left: x - width / 2, right: x + width / 2, top: y - gap - height, bottom: y - gap };
  }
}

function inside(box: Box, frame: { readonly width: number; readonly height: number }): boolean {
  return box.left >= 0 && box.top >= 0 && box.right <= frame.width && box.bottom <= frame.height;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Width of a text in pixels, near enough to keep labels apart: a Hangul syllable is an em, a Latin letter 0.56. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text)
    ems += /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3\u3000-\u9fff]/u.test(character) ? 0.93 : 0.56;
  return ems * size;
}
