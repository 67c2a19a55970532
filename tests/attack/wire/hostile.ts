import type { Reading, ReadingType } from "../../../core/edge/batch.ts";
import { EXAMPLES } from "../../../core/edge/examples.ts";
import type { RandomWords } from "../../../core/privacy/random.ts";

/** A reading that must not pass, and the words of it that no answer may repeat. */
export type Hostile = { readonly what: string; readonly reading: unknown; readonly words: readonly string[] };

const MEDIA = ["image", "frame_jpg", "videoUrl", "audioClip", "faceEmbedding", "thumbnail", "snapshot64", "voice"];
const FIELDS = [
  "plate",
  "name",
  "phone",
  "imei",
  "mac",
  "gait",
  "owner",
  "note2",
  "vehicleId",
  "__proto__",
  "toString",
];
const REGIONS = ["ga", "na", "heo", "ho", "bae", "가", "나", "허", "배"];

const digits = (count: number, random: RandomWords): string =>
  Array.from({ length: count }, () => String(random() % 10)).join("");
const pick = <T>(list: readonly T[], random: RandomWords): T => list[random() % list.length] as T;

/** An identifier of a person, phone, vehicle or card, as somebody would write it. */
function identifier(random: RandomWords): string {
  const join = pick(["", "-", "_"], random);
  return pick<() => string>(
    [
      () => `010${join}${digits(4, random)}${join}${digits(4, random)}`,
      () => `${10 + (random() % 90)}${join}${pick(REGIONS, random)}${join}${digits(4, random)}`,
      () => `${100 + (random() % 900)}${pick(REGIONS, random)}${digits(4, random)}`,
      () =>
        `9${digits(1, random)}0${1 + (random() % 9)}1${digits(1, random)}-${1 + (random() % 4)}${digits(6, random)}`,
      () => `kim.${digits(3, random)}@mail.kr`,
      () => Array.from({ length: 4 }, () => digits(4, random)).join("-"),
    ],
    random,
  )();
}

/** Paths of the texts of a reading in which no identifier may travel: all but the subject's id and the instants. */
function textsOf(reading: Reading): string[] {
  return Object.entries(reading)
    .filter(([name, value]) => typeof value === "string" && !["type", "from", "to", "at", "note"].includes(name))
    .map(([name]) => name);
}

/** `count` readings made hostile, in turn, in each of the ways that a stolen device could try. */
export function* hostileReadings(count: number, random: RandomWords): Generator<Hostile> {
  const types = Object.keys(EXAMPLES) as ReadingType[];
  for (let made = 0; made < count; ) {
    const example = EXAMPLES[pick(types, random)];
    const secret = identifier(random);
    const hidden = `x${digits(8, random)}`;
    const fields = textsOf(example);
    const field = fields.length === 0 ? null : pick(fields, random);
    const ways: Hostile[] = [
      media(example, `${pick(MEDIA, random)}${random() % 100}`, hidden),
      { what: "unknown field", reading: withField(example, pick(FIELDS, random), secret), words: [secret] },
      { what: "identifier as a field's name", reading: withField(example, secret, 1), words: [secret] },
      { what: "identifier as the type", reading: { ...example, type: secret }, words: [secret] },
    ];
    if (field !== null) {
      ways.push({ what: "identifier in a text", reading: { ...example, [field]: secret }, words: [secret] });
      ways.push({ what: "object in a text", reading: { ...example, [field]: { id: secret } }, words: [secret] });
    }
    if ("subject" in example) {
      const { subject } = example;
      ways.push(
        {
          what: "second identifier beside the subject",
          reading: { ...example, subject: { ...subject, plate: secret } },
          words: [secret],
        },
        {
          what: "identifier as the subject's kind",
          reading: { ...example, subject: { ...subject, kind: secret } },
          words: [secret],
        },
      );
    }
    for (const way of ways.slice(0, count - made)) {
      made++;
      yield way;
    }
  }
}

const media = (example: Reading, name: string, hidden: string): Hostile => ({
  what: "media",
  reading: withField(example, name, `data:image/jpeg;base64,${hidden}`),
  words: [name, hidden],
});

/** Also a field that assignment would hide, `__proto__`. */
const withField = (example: Reading, name: string, value: unknown): unknown =>
  JSON.parse(`${JSON.stringify(example).slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`);
