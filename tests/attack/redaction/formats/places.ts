import { type Draw, fullWidth, spelled } from "../draw.ts";

const ROADS = [
  "상무대로",
  "충장로",
  "금남로",
  "무등로",
  "죽봉대로",
  "운천로",
  "시청로",
  "하남대로",
  "임방울대로",
  "첨단중앙로",
  "대남대로",
  "독립로",
  "필문대로",
  "풍암순환로",
  "서문대로",
  "월드컵4강로",
  "상무중앙로",
  "용봉로",
  "설죽로",
  "빛고을대로",
];
const LANES = ["번길", "번길", "번안길"];
const QUARTERS = [
  "치평동",
  "화정동",
  "쌍촌동",
  "풍암동",
  "용봉동",
  "일곡동",
  "봉선동",
  "수완동",
  "첨단동",
  "월곡동",
  "송정동",
  "금호동",
];
const ESTATES = [
  "한빛아파트",
  "푸른마을",
  "중흥에스클래스",
  "금호타운",
  "라인동산",
  "현대아파트",
  "모아엘가",
  "해태아파트",
  "무등파크",
  "대주피오레",
  "e편한세상",
  "상무자이",
  "호반베르디움",
];
const road = (d: Draw): string => `${d.mine(ROADS)} ${d.int(2, 1400)}${d.chance(0.2) ? `-${d.int(1, 30)}` : ""}`;
const lane = (d: Draw): string =>
  `${d.mine(ROADS)}${d.int(2, 900)}${d.one(LANES.slice(0, 2))} ${d.int(1, 90)}${d.chance(0.3) ? `-${d.int(1, 20)}` : ""}`;
const flat = (d: Draw): [string, string] => [String(d.int(101, 130)), `${d.int(1, 25)}${d.padded(1, 8, 2)}`];

/** The door of a home. A street and a number by themselves are a place. */
export const address = spelled([
  [
    "road, block and door",
    (d) => {
      const [block, door] = flat(d);
      return `${road(d)}, ${block}동 ${door}호`;
    },
  ],
  [
    "road, estate, block and door",
    (d) => {
      const [block, door] = flat(d);
      return `${road(d)} ${d.mine(ESTATES)} ${block}동 ${door}호`;
    },
  ],
  [
    "road, quarter in brackets",
    (d) => {
      const [block, door] = flat(d);
      return `${road(d)} (${d.mine(QUARTERS)}) ${block}동 ${door}호`;
    },
  ],
  ["lane and door", (d) => `${lane(d)}, ${d.int(101, 905)}호`],
  [
    "lane, floor and door",
    (d) => {
      const floor = d.int(1, 9);
      return `${lane(d)} ${floor}층 ${floor}${d.padded(1, 9, 2)}호`;
    },
  ],
  ["land lot and door", (d) => `${d.mine(QUARTERS)} ${d.int(1, 1500)}-${d.int(1, 30)} ${d.int(101, 905)}호`],
  ["land lot, 번지 and door", (d) => `${d.mine(QUARTERS)} ${d.int(1, 1500)}번지 ${d.int(101, 905)}호`],
  [
    "estate, block and door",
    (d) => {
      const [block, door] = flat(d);
      return { before: `${d.mine(ESTATES)} `, secret: `${block}동 ${door}호` };
    },
  ],
  [
    "estate, glued",
    (d) => {
      const [block, door] = flat(d);
      return { before: `${d.mine(ESTATES)} `, secret: `${block}동${door}호` };
    },
  ],
  [
    "estate, hyphen",
    (d) => {
      const [block, door] = flat(d);
      return {
        before: `${d.one(["한빛아파트", "현대아파트", "해태아파트", "상무자이", "금호아파트"])} `,
        secret: `${block}-${door}`,
      };
    },
  ],
  [
    "block and door",
    (d) => {
      const [block, door] = flat(d);
      return `${block}동 ${door}호`;
    },
  ],
  [
    "block and door, full width",
    (d) => {
      const [block, door] = flat(d);
      return `${fullWidth(block)}동 ${fullWidth(door)}호`;
    },
  ],
  ["block in a letter", (d) => `${d.one(["가", "나", "다", "A", "B", "C"])}동 ${flat(d)[1]}호`],
  [
    "home, road",
    (d) => ({
      before: d.one(["집은 ", "주소는 ", "주소: ", "거주지: ", "자택은 ", "주소지 "]),
      secret: d.one([road, lane])(d),
    }),
  ],
  [
    "home, city, road",
    (d) => ({
      before: d.one(["집은 ", "주소는 ", "주소: ", "거주지: "]),
      secret: `광주광역시 ${d.one(["서구", "북구", "동구", "남구", "광산구"])} ${d.one([road, lane])(d)}`,
    }),
  ],
  [
    "English, block and door",
    (d) => {
      const [block, door] = flat(d);
      return `${block}-dong ${door}-ho`;
    },
  ],
  ["English, apartment", (d) => `${d.one(["Apt ", "apt. ", "Apartment ", "Unit ", "unit "])}${d.int(101, 2505)}`],
  [
    "English, home",
    (d) => ({
      before: d.one(["lives at ", "my address is ", "Address: "]),
      secret: `${d.int(2, 1400)} ${d.mine(["Sangmu-daero", "Chungjang-ro", "Geumnam-ro", "Mudeung-ro"])}`,
    }),
  ],
]);

const near = (d: Draw, least: number, decimals: number): string => `${least}.${d.digits(decimals - 1)}${d.int(1, 9)}`;
const latitude = (d: Draw, decimals = d.int(5, 8)): string => near(d, d.int(33, 38), decimals);
const longitude = (d: Draw, decimals = d.int(5, 8)): string => near(d, d.int(124, 131), decimals);
const sexagesimal = (d: Draw, degrees: number): string =>
  `${degrees}°${d.padded(0, 59, 2)}'${d.padded(0, 59, 2)}.${d.digits(1)}"`;

/** Five decimals are a metre. */
export const position = spelled([
  ["pair, comma", (d) => `${latitude(d)}, ${longitude(d)}`],
  ["pair, comma, glued", (d) => `${latitude(d)},${longitude(d)}`],
  ["pair, blank", (d) => `${latitude(d)} ${longitude(d)}`],
  ["pair, slash", (d) => `${latitude(d)} / ${longitude(d)}`],
  ["pair in brackets", (d) => `(${latitude(d)}, ${longitude(d)})`.slice(1, -1)],
  ["longitude first", (d) => `${longitude(d)}, ${latitude(d)}`],
  ["letters behind", (d) => `${latitude(d)}N, ${longitude(d)}E`],
  ["letters behind, degrees", (d) => `${latitude(d)}°N ${longitude(d)}°E`],
  ["letters before", (d) => `N${latitude(d)}, E${longitude(d)}`.slice(1)],
  ["named, Korean", (d) => ({ before: "위도 ", secret: `${latitude(d)}, 경도 ${longitude(d)}` })],
  [
    "named, English",
    (d) => ({
      before: d.one(["lat ", "lat: ", "lat=", "latitude "]),
      secret: `${latitude(d)}, ${d.one(["lon ", "lon: ", "lng=", "longitude "])}${longitude(d)}`,
    }),
  ],
  [
    "one of the two",
    (d) => ({
      before: d.one(["위도 ", "위도: ", "경도 ", "경도는 ", "GPS 좌표 ", "latitude: "]),
      secret: d.one([latitude, longitude])(d),
    }),
  ],
  ["full width", (d) => fullWidth(`${latitude(d)},${longitude(d)}`)],
  ["line break", (d) => `${latitude(d)},\n${longitude(d)}`],
  ["degrees, minutes, seconds", (d) => `${sexagesimal(d, d.int(33, 38))}N ${sexagesimal(d, d.int(124, 131))}E`],
  [
    "degrees, minutes, seconds, typographic",
    (d) =>
      `${sexagesimal(d, d.int(33, 38))} ${sexagesimal(d, d.int(124, 131))}`.replaceAll("'", "′").replaceAll('"', "″"),
  ],
  [
    "degrees, minutes, seconds, Korean",
    (d) =>
      `북위 ${d.int(33, 38)}도 ${d.int(0, 59)}분 ${d.int(0, 59)}초, 동경 ${d.int(124, 131)}도 ${d.int(0, 59)}분 ${d.int(0, 59)}초`,
  ],
  ["map link", (d) => ({ before: "https://maps.example.kr/?q=", secret: `${latitude(d)},${longitude(d)}` })],
]);

const octet = (d: Draw): string => String(d.int(1, 254));
const address4 = (d: Draw): string =>
  [d.one([String(d.int(11, 223)), "192", "10", "172"]), octet(d), octet(d), octet(d)].join(".");
const HEX = [..."0123456789abcdef"];
const hex = (d: Draw, length: number): string => Array.from({ length }, () => d.one(HEX)).join("");
const pairs = (d: Draw): string[] => Array.from({ length: 6 }, () => hex(d, 2));
const group6 = (d: Draw): string => `${d.one(HEX.slice(1))}${hex(d, 3)}`;

export const device = spelled([
  ["IPv4", address4],
  ["IPv4 and port", (d) => `${address4(d)}:${d.int(1024, 65_535)}`],
  ["IPv4, full width", (d) => fullWidth(address4(d))],
  ["IPv4, announced", (d) => ({ before: d.one(["IP ", "IP: ", "아이피 ", "접속 IP "]), secret: address4(d) })],
  ["IPv4, zero-width space", (d) => address4(d).replace(".", ".\u200B")],
  ["IPv6", (d) => Array.from({ length: 8 }, () => group6(d)).join(":")],
  ["IPv6, zeros left out", (d) => `2001:db8:${group6(d)}::${group6(d)}`],
  ["IPv6, link local", (d) => `fe80::${group6(d)}:${group6(d)}:${group6(d)}:${group6(d)}`],
  ["MAC, colons", (d) => pairs(d).join(":")],
  ["MAC, hyphens", (d) => pairs(d).join("-")],
  [
    "MAC, capitals",
    (d) =>
      pairs(d)
        .join(d.one([":", "-"]))
        .toUpperCase(),
  ],
  ["MAC, dots", (d) => `${hex(d, 4)}.${hex(d, 4)}.${hex(d, 4)}`],
  [
    "MAC, glued, announced",
    (d) => ({ before: d.one(["MAC ", "MAC 주소 ", "MAC: ", "맥주소 "]), secret: hex(d, 12).toUpperCase() }),
  ],
  ["MAC, full width", (d) => fullWidth(pairs(d).join(":"))],
  ["MAC, blanks", (d) => ({ before: d.one(["MAC ", "MAC 주소 "]), secret: pairs(d).join(" ") })],
  ["IMEI, announced", (d) => ({ before: d.one(["IMEI ", "IMEI: ", "단말기 번호 "]), secret: `35${d.digits(13)}` })],
]);
