import type { From, ReportScene, Told } from "../../support/stage/reports.ts";

/** k and l of rule P14. */
export const K = 5;
export const L = 2;

export const FAKES = ["fake-a", "fake-b", "fake-c", "fake-d", "fake-e", "fake-f", "fake-g", "fake-h"] as const;
export const REVOKED = ["gone-a", "gone-b", "gone-c", "gone-d", "gone-e"] as const;
/** A registered device that may not vouch for accounts. */
export const RELAY = "relay";

/** A pair of neighbouring snap points on a day of its own, for one trial. */
export type Place = { readonly point: number; readonly ago: number };
export type Sent = { readonly from: From; readonly told: Told };
export type Attack = {
  readonly name: string;
  readonly send: (scene: ReportScene, at: Place, size: Sizes) => Sent[];
  /** how often the same reports are sent again, in batches of their own */
  readonly again?: number;
};
export type Sizes = { readonly repeats: number };

const BLOCK = 3;
/** k − 1 devices, each of which is a verified source. */
const few: readonly From[] = FAKES.slice(0, K - 1).map((device) => ({ device }));
const others: readonly From[] = FAKES.slice(K - 1, 2 * (K - 1)).map((device) => ({ device }));

/** Every source tells of both kinds. */
function tell(
  scene: ReportScene,
  at: Place,
  sources: readonly From[],
  shift: { block?: number; point?: number } = {},
): Sent[] {
  const cell = { point: at.point + (shift.point ?? 0), block: BLOCK + (shift.block ?? 0), ago: at.ago };
  return sources.flatMap((from) =>
    (["NOISE", "DUMPING"] as const).map((category) => scene.report(cell, from, { category })),
  );
}

const times = (count: number) => Array.from({ length: count }, (_, nth) => nth);
/** The same account in other spellings: case, width, spaces, invisible characters. */
const spelled = (nth: number): string =>
  ["me-1", "ME-1", " me-1", "me - 1", "ｍｅ-1", "m\u200be-1", "me\u00ad-1"][nth % 7] ?? "";

/**
 * Whoever controls k − 1 verified sources and tries to make a cell show in which there is no victim. Each sends to places
 * of its own, where nobody else reports.
 */
export const ATTACKS: readonly Attack[] = [
  {
    name: "one device, again and again",
    send: (scene, at, { repeats }) => times(repeats / 2).flatMap(() => tell(scene, at, few.slice(0, 1))),
  },
  { name: "k − 1 devices", send: (scene, at) => tell(scene, at, few) },
  {
    name: "k − 1 devices and five that are revoked",
    send: (scene, at) => tell(scene, at, [...few, ...REVOKED.map((device) => ({ device }))]),
  },
  {
    name: "k − 1 devices and twenty accounts that nobody has verified",
    send: (scene, at) =>
      tell(scene, at, [
        ...few,
        ...times(10).map((nth) => ({ account: `guest-${nth}`, guest: true })),
        ...times(10).map((nth) => ({ account: `mine-${nth}`, device: RELAY })),
      ]),
  },
  {
    name: "k − 1 devices on the feeds of two tiers",
    send: (scene, at) => tell(scene, at, [...few, ...few.map((from) => ({ ...from, feed: 1 as const }))]),
  },
  {
    name: "k − 1 devices on each side of a block's border",
    send: (scene, at) => [...tell(scene, at, few), ...tell(scene, at, others, { block: 1 })],
  },
  {
    name: "k − 1 devices at each of two neighbouring points",
    send: (scene, at) => [...tell(scene, at, few), ...tell(scene, at, others, { point: 1 })],
  },
  {
    name: "k − 1 devices with twenty revisions of one key",
    send: (scene, at) =>
      times(20).flatMap((nth) =>
        few.map((from) =>
          scene.report({ ...at, block: BLOCK }, from, {
            key: `mine-at-${at.point}`,
            revision: nth + 1,
            category: nth % 2 === 0 ? "NOISE" : "DUMPING",
          }),
        ),
      ),
  },
  {
    name: "k − 1 devices whose reports are sent ten times over",
    send: (scene, at) => tell(scene, at, few),
    again: 9,
  },
  {
    name: "k − 2 devices and one verified account in seven spellings",
    send: (scene, at) => tell(scene, at, [...few.slice(1), ...times(7).map((nth) => ({ account: spelled(nth) }))]),
  },
  {
    name: "k − 1 devices, one of which speaks for all others",
    send: (scene, at) => [
      ...tell(scene, at, few),
      ...tell(scene, at, others).map(({ from, told }) => ({ told, from: { ...from, device: FAKES[0] } })),
    ],
  },
];

/** k sources and more that tell of one kind: l is not reached. */
export const ONE_KIND: Attack = {
  name: "eight devices of one kind",
  send: (scene, at) => [...few, ...others].map((from) => scene.report({ ...at, block: BLOCK }, from)),
};

/** All that the law asks for, in a block that ended less than a day ago. */
export const TOO_SOON: Attack = {
  name: "five sources in a block that is not a day old",
  send: (scene, { point }) =>
    [...few, ...others].flatMap((from) =>
      (["NOISE", "DUMPING"] as const).map((category) => scene.report({ point, block: 7, ago: 1 }, from, { category })),
    ),
};

/** Positive controls: what the law lets through. */
export const CONTROLS: readonly Attack[] = [
  {
    name: "five verified sources, two kinds",
    send: (scene, at) =>
      tell(scene, at, [...few.slice(1), { account: "alice" }, { account: "bob" }]).filter(
        ({ told }, nth) => told.category === "NOISE" || nth < 2,
      ),
  },
  {
    name: "k − 1 false reports and one true one (the known limit)",
    send: (scene, at) => [
      ...few.map((from) => scene.report({ ...at, block: BLOCK }, from)),
      scene.report({ ...at, block: BLOCK }, { account: "victim" }, { category: "DUMPING" }),
    ],
  },
];
