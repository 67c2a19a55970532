import { type Draw, draw, type Half } from "./draw.ts";
import { ENGLISH, KOREAN, SENTENCES } from "./plain.ts";

/** Things that look like something about a person and are not; each a way to write one. */
const LOOK_ALIKES: Record<string, (d: Draw) => string> = {
  time: (d) => `${d.padded(0, 23, 2)}:${d.padded(0, 59, 2)}${d.chance(0.4) ? `:${d.padded(0, 59, 2)}` : ""}`,
  "time in words": (d) => `${d.one(["오전", "오후", ""])} ${d.int(1, 12)}시 ${d.int(0, 59)}분`.trim(),
  date: (d) => [String(d.int(2019, 2026)), d.padded(1, 12, 2), d.padded(1, 28, 2)].join(d.one(["-", ".", "/", ". "])),
  "date in words": (d) => `${d.int(2019, 2026)}년 ${d.int(1, 12)}월 ${d.int(1, 28)}일`,
  "date and time": (d) =>
    `${d.int(2019, 2026)}-${d.padded(1, 12, 2)}-${d.padded(1, 28, 2)} ${d.padded(0, 23, 2)}:${d.padded(0, 59, 2)}:${d.padded(0, 59, 2)}`,
  "compact date": (d) => `${d.int(2019, 2026)}${d.padded(1, 12, 2)}${d.padded(1, 28, 2)}`,
  instant: (d) =>
    `${d.int(2019, 2026)}-${d.padded(1, 12, 2)}-${d.padded(1, 28, 2)}T${d.padded(0, 23, 2)}:${d.padded(0, 59, 2)}:${d.padded(0, 59, 2)}.${d.digits(3)}Z`,
  "range of years": (d) => {
    const from = d.int(1500, 1990);
    return `${from}-${from + d.int(1, 30)}년`;
  },
  price: (d) => `${d.int(1, 999)},${d.digits(3)}${d.chance(0.5) ? `,${d.digits(3)}` : ""}원`,
  budget: (d) =>
    d.one([
      `${d.int(10, 300)}조 ${d.int(1000, 9999)}억 원`,
      `${d.int(1, 90)}억 ${d.int(1000, 9999)}만 원`,
      `₩${d.int(1, 99)}${d.digits(6)}`,
    ]),
  room: (d) =>
    d.one([`${d.int(101, 1520)}호`, `회의실 ${d.int(101, 520)}호`, `별관 ${d.int(1, 5)}층 ${d.int(101, 520)}호실`]),
  bus: (d) =>
    d.one([
      `${d.one(["수완", "첨단", "상무", "금남", "진월", "봉선", "송암"])}${d.int(1, 99)}번 버스`,
      `${d.int(1, 999)}번`,
      `급행 ${d.int(1, 9)}번`,
      `${d.int(1000, 9999)}번 광역버스`,
    ]),
  "bus stop": (d) => `정류장 ${d.digits(4)}`,
  product: (d) =>
    d.one([
      `모델 KX-${d.digits(4)}B`,
      `규격 ${d.int(10, 99)}-AX-${d.digits(3)}`,
      `부품 ${d.digits(3)}-${d.digits(4)}-A`,
      `LED-${d.digits(3)}W`,
      `품번 ${d.digits(5)}`,
    ]),
  measure: (d) =>
    d.one([
      `${d.int(1, 90)}.${d.int(0, 9)} m`,
      `${d.int(10, 3000)}mm`,
      `${d.int(1, 900)}m²`,
      `폭 ${d.int(2, 30)}m 길이 ${d.int(10, 900)}m`,
      `${d.int(1000, 9999)}kg`,
      `${d.int(1, 40)}.${d.digits(2)}℃`,
      `PM2.5 ${d.int(1, 150)}㎍/㎥`,
      `${d.int(30, 120)}dB`,
    ]),
  "temperature and year": (d) => `기온 ${d.int(10, 38)}도, ${d.int(2015, 2026)}년 최고`,
  count: (d) =>
    d.one([
      `약 ${d.int(100, 9999)}명`,
      `${d.int(10, 60)}주 동안 ${d.int(1000, 9999)}건`,
      `차량 ${d.int(10, 500)}대`,
      `밀집도 ${d.int(1, 6)}.${d.int(0, 9)}명/㎡`,
    ]),
  road: (d) =>
    d.one([
      `${d.mine(["상무대로", "충장로", "금남로", "무등로", "죽봉대로", "운천로", "하남대로", "임방울대로"])} ${d.int(1, 1400)}`,
      `${d.one(["금남로", "충장로"])} ${d.int(1, 5)}가`,
      `국도 ${d.int(1, 79)}호선`,
      `고속도로 ${d.int(10, 300)}.${d.int(0, 9)}km 지점`,
    ]),
  "land lot": (d) => `${d.mine(["치평동", "화정동", "쌍촌동", "풍암동"])} ${d.int(1, 1400)}-${d.int(1, 40)}`,
  emergency: (d) =>
    d.one(["112", "119", "120", "110", "118", "1339", "1330", "1345", "1366", "1388", "128", "182", "1393"]),
  exit: (d) =>
    d.one([
      `상무역 ${d.int(1, 6)}번 출구`,
      `금남로4가역 ${d.int(1, 4)}번 출구`,
      `문화전당역 ${d.int(1, 6)}-${d.int(1, 3)} 출구`,
    ]),
  version: (d) =>
    d.one([
      `버전 ${d.int(1, 30)}.${d.int(0, 20)}.${d.int(0, 50)}`,
      `v${d.int(1, 9)}.${d.int(0, 9)}.${d.int(0, 99)}-rc.${d.int(1, 9)}`,
      `펌웨어 ${d.int(1, 9)}.${d.int(0, 20)}.${d.int(0, 99)}.${d.int(10, 999)}`,
      `v${d.int(1, 9)}.${d.int(10, 40)}.${d.int(0, 9)}.${d.int(0, 9)}`,
    ]),
  sensor: (d) =>
    d.one([
      `pole-${d.padded(1, 400, 3)}`,
      `cam-${d.padded(1, 99, 2)}-${d.one(["n", "s", "e", "w"])}`,
      `SN-${d.digits(4)}-${d.digits(2)}`,
      `센서 ${d.padded(1, 999, 4)}`,
      `8930c632c${d.digits(2)}ffff`,
      `노드 ${d.int(1, 64)}/${d.int(65, 128)}`,
    ]),
  uuid: (d) => `018f${d.digits(4)}-${d.digits(4)}-7${d.digits(3)}-8${d.digits(3)}-a${d.digits(5)}f${d.digits(5)}`,
  "request number": (d) =>
    d.one([
      `접수번호 ${d.int(2020, 2026)}-${d.digits(4)}`,
      `민원 제${d.digits(5)}호`,
      `사건 ${d.int(2020, 2026)}-${d.digits(6)}`,
      `고시 제${d.int(2020, 2026)}-${d.int(1, 300)}호`,
    ]),
  "score and rate": (d) =>
    d.one([
      `${d.int(0, 9)}:${d.int(0, 9)}`,
      `${d.int(1, 99)}.${d.digits(2)}%`,
      `${d.int(1, 30)}/${d.int(31, 60)}`,
      `1/${d.int(500, 5000)}`,
    ]),
  phases: (d) => `${d.int(1, 3)}단계 ${d.int(10, 60)}초, ${d.int(4, 6)}단계 ${d.int(10, 60)}초`,
  decimal: (d) => `0.0${d.digits(5)}`,
  "coarse coordinates": (d) => `${d.int(33, 38)}.${d.digits(2)}, ${d.int(124, 131)}.${d.digits(2)}`,
  dongs: (d) =>
    d.one([`${d.int(1, 9)}개 동 ${d.int(10, 400)}세대`, `${d.int(101, 120)}동 앞`, `${d.int(1, 3)}동 주민센터`]),
  website: (d) =>
    d.one([
      "www.gwangju.go.kr",
      "https://www.gwangju.go.kr/contentsView.do?pageId=www791",
      "https://example.org/notice/2026/11",
      "safekorea.go.kr",
    ]),
};

/** `count` different texts without anything about a person: half with a look-alike, half plain sentences. */
export function cleanTexts(count: number, seed: string, half: Half): readonly Clean[] {
  const d = draw(`clean/${seed}`, half);
  const sorts = Object.keys(LOOK_ALIKES);
  const texts = new Map<string, Clean>();
  for (let i = 0; texts.size < count; i++) {
    const sort = i % 2 === 0 ? (sorts[(i / 2) % sorts.length] ?? "") : "sentence";
    const text = i % 2 === 0 ? lookAlike(sort, d) : sentences(d);
    texts.set(text, { sort, text });
  }
  return [...texts.values()];
}

export type Clean = { readonly text: string; readonly sort: string };

function lookAlike(sort: string, d: Draw): string {
  const alike = LOOK_ALIKES[sort]?.(d) ?? "";
  const sentence = (d.chance(0.8) ? d.one(KOREAN[d.half]) : d.one(ENGLISH[d.half])).replace("{}", () => alike);
  return d.chance(0.3) ? `${sentence} ${d.one(SENTENCES[d.half])}` : sentence;
}

const sentences = (d: Draw): string =>
  Array.from({ length: d.int(1, 3) }, () => d.one(SENTENCES[d.half])).join(d.one([" ", "\n"]));
