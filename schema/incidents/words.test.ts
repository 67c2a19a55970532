import { namesHarm } from "../../core/edge/harm.ts";
import {
  CAUSES,
  CERTAINTIES,
  EVENT_CATEGORIES,
  REPORT_CATEGORIES,
  SEVERITIES,
  URGENCIES,
} from "../../core/edge/incidents.ts";
import { KINDS, template, title } from "./words.ts";

const place = { ko: "남문로·시청로 교차로", en: "Nammun-ro and Sicheong-ro crossing" };
const row = {
  ...({
    kind: "TRAFFIC_ACCIDENT",
    severity: "MINOR",
    cause: "HUMAN",
    snapped: true,
    place,
    timeZone: "Asia/Seoul",
  } as const),
  from: Date.parse("2026-11-20T00:00:00Z"),
  to: Date.parse("2026-11-20T03:00:00Z"),
};

test("a template is made of the fields of the row: block, public point, kind", () => {
  expect(template(row)).toEqual({
    ko: "2026년 11월 20일 09:00–12:00, 남문로·시청로 교차로 부근에서 교통 충돌 신고가 확인되었습니다. 정도: 가벼움. 원인: 사람의 행위.",
    en: "Collision reported near Nammun-ro and Sicheong-ro crossing, 20 November 2026, 09:00–12:00. Severity: minor. Cause: human.",
  });
});

test("what the row does not say, its template leaves out", () => {
  const bare = template({ ...row, kind: "NOISE", severity: "UNKNOWN", cause: null });
  expect(bare.en).toBe("Noise reported near Nammun-ro and Sicheong-ro crossing, 20 November 2026, 09:00–12:00.");
  expect(bare.ko).not.toMatch(/정도|원인/);
});

test("a block that ends the day ends at 24:00", () => {
  const from = Date.parse("2026-11-20T12:00:00Z");
  expect(template({ ...row, from, to: from + 10_800_000 }).en).toContain("20 November 2026, 21:00–24:00");
});

test("a thing is told with its own times", () => {
  const works = { ...row, kind: "ROAD_WORKS", cause: null, snapped: false } as const;
  expect(template(works).en).toContain(
    "Road works, Nammun-ro and Sicheong-ro crossing, 20 November 2026, 09:00 to 20 November 2026, 12:00.",
  );
  expect(template({ ...works, to: null }).ko).toContain("2026년 11월 20일 09:00부터");
});

describe("no word on injury or death", () => {
  const lists: readonly string[] = [
    ...EVENT_CATEGORIES,
    ...REPORT_CATEGORIES,
    ...KINDS,
    ...SEVERITIES,
    ...URGENCIES,
    ...CERTAINTIES,
    ...CAUSES,
  ];

  test("is on a list that an event row may carry", () => {
    // kills: a category of persons added to the lists of things
    expect(lists.filter(namesHarm)).toEqual([]);
  });

  test("comes out of a template", () => {
    for (const kind of KINDS) {
      for (const severity of SEVERITIES) {
        for (const cause of [...CAUSES, null]) {
          const { ko, en } = template({ ...row, kind, severity, cause });
          const { ko: short, en: brief } = title(kind, place);
          expect([ko, en, short, brief].filter(namesHarm)).toEqual([]);
        }
      }
    }
  });

  test.each([
    ...["FATAL_CRASH", "ASSAULT", "MEDICAL", "PERSON_DOWN", "MISSING_PERSON", "INJURY_COLLISION", "dead-man-at-gate"],
    ...[
      "suicide",
      "사망 사고",
      "부상자 발생",
      "행인이 다쳤다",
      "폭행",
      "실종",
      "쓰러진 사람",
      "crash-with-casualties",
      "he died",
    ],
  ])("hides behind another spelling: %s", (text) => {
    expect(namesHarm(text)).toBe(true);
  });

  test.each([
    "works-dead-end-street",
    "skill-centre",
    "deadline",
    "stable-lane",
    "diesel-leak",
    "도로 공사",
    "somebody",
  ])("is seen where there is none: %s", (text) => {
    expect(namesHarm(text)).toBe(false);
  });
});
