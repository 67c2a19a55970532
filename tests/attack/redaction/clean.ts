import { type Draw, draw, type Half } from "./draw.ts";

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

const KOREAN = [
  "{} 기준으로 통제 중입니다.",
  "현장 확인 결과 {} 로 기록됨.",
  "{}에서 낙하물 발견",
  "점검표에 {} 이라고 적음.",
  "신고 내용: {} 부근 도로 파손",
  "({}) 이후 정상화",
  "{} 관련 조치 완료",
  "안내문에는 {}라고 되어 있음",
  "{}, 우회 바랍니다.",
  "오늘 점검 대상은 {}입니다",
  "지난주 {} 대비 증가",
  "{}까지 공사 예정",
  "담당자 확인: {}",
  "도로과에 {} 건 전달",
  '"{}" 표시가 흐립니다',
  "1) {} 2) 이상 없음",
];
const ENGLISH = [
  "Closed until {} for road works.",
  "The log says {}.",
  "Sensor reading {} looks wrong.",
  "{} near the main gate",
  "Please update {} on the notice.",
  "Checked at {}, nothing found.",
];

/** Sentences of reports without anything about a person, many with words that end as a title or a name does. */
const SENTENCES = [
  "날씨가 추워 노면이 얼었습니다.",
  "손님들이 몰려 출입구가 혼잡합니다.",
  "선생님들과 학생들이 줄을 서서 이동 중입니다.",
  "고객님께서는 우회로를 이용해 주세요.",
  "주민 여러분은 창문을 닫아 주십시오.",
  "기사님이 우회 운행을 안내했다고 합니다.",
  "광양 방면 차로가 통제되었습니다.",
  "담양군 경계까지 정체가 이어집니다.",
  "장성군 방향 가드레일이 파손됨.",
  "곡성군청 앞 공사 안내판이 쓰러졌습니다.",
  "고흥군과 보성군을 잇는 도로입니다.",
  "함평군, 영광군 일대 대설주의보",
  "다양한 모양의 표지판이 섞여 있음.",
  "태양광 가로등이 꺼졌습니다.",
  "서양식 건물 외벽 타일이 떨어짐",
  "동양화 전시로 관람객이 많습니다.",
  "아저씨 한 분이 표지판을 세우고 있었습니다.",
  "할머니 한 분이 길을 묻고 가셨어요.",
  "어르신들이 많은 구간이니 서행 바랍니다.",
  "이 과장 광고 현수막이 길을 막고 있어요.",
  "글씨가 흐려 노면 표시가 보이지 않습니다.",
  "불씨가 남아 있어 소방서에 알렸습니다.",
  "공사 관계자에게 안내를 요청했습니다.",
  "신고자는 인근 상인이며 추가 연락을 원하지 않음.",
  "담당자 미지정 상태입니다.",
  "운전자 없음, 차량만 견인함.",
  "피해자 없음. 시설물만 파손.",
  "환자 이송 없음.",
  "보호자 동행 안내문을 붙였습니다.",
  "목격자 진술과 영상이 일치함.",
  "이름 없는 골목의 맨홀 뚜껑이 열려 있습니다.",
  "성명 기재 생략",
  "이용객이 많아 승강기 대기가 깁니다.",
  "우리 은행나무길에 낙엽이 쌓여 미끄럽습니다.",
  "하나로마트 앞 신호등이 고장입니다.",
  "국민체육센터 지하주차장에 물이 찼습니다.",
  "기업도시 진입로가 통제되었습니다.",
  "신한 건설 현장 펜스가 넘어졌습니다.",
  "농협 앞 횡단보도 점멸등이 꺼졌어요.",
  "우체국 사거리 정체가 심합니다.",
  "카드 결제기가 고장 났습니다.",
  "주차장 카드 인식이 되지 않습니다.",
  "여권 민원실은 2층에 있습니다.",
  "면허시험장 앞 도로에 포트홀이 있습니다.",
  "주민등록 창구가 혼잡합니다.",
  "외국인 관광객이 많이 몰려 있습니다.",
  "전화 연결이 되지 않아 문자로 접수함.",
  "연락처는 남기지 않았습니다.",
  "이메일로 회신 완료했습니다.",
  "계좌 이체 안내 현수막이 찢어졌습니다.",
  "사거리 오른쪽 이 차로 공사 구간입니다.",
  "이사 차량이 길을 막고 있습니다.",
  "오일장 때문에 구간 정체",
  "육교 아래 칠이 벗겨졌습니다.",
  "일이 끝나는 대로 사오백 미터 구간을 다시 점검하겠습니다.",
  "공사 구간 이 점 오 킬로미터",
  "삼거리와 사거리 사이 오르막길",
  "영영 돌아오지 않을 줄 알았던 비둘기가 전선에 앉았습니다.",
  "김치 축제로 광장 주변이 혼잡합니다.",
  "김장 나눔 행사 천막이 바람에 날렸습니다.",
  "이상 기후로 도로가 솟았습니다.",
  "박람회장 서문이 닫혔습니다.",
  "정류장 안내기가 꺼져 있습니다.",
  "최대 수용 인원에 가까워졌습니다.",
  "강풍주의보로 현수막을 철거했습니다.",
  "조선대 앞 도로에 물이 고였습니다.",
  "윤활유가 도로에 쏟아졌습니다.",
  "장마 대비 배수구를 청소했습니다.",
  "임시 화장실이 넘어졌습니다.",
  "임시 주차장 300면을 열었습니다.",
  "한옥마을 골목 조명이 꺼졌습니다.",
  "오늘 밤 불꽃놀이로 통제합니다.",
  "서구청 앞 광장에 인파가 몰렸습니다.",
  "신호 위반 단속 카메라가 꺼졌습니다.",
  "권역별 제설 작업을 시작합니다.",
  "황사 경보로 행사를 취소했습니다.",
  "안전요원이 배치되었습니다.",
  "송정역 승강장 혼잡도가 높습니다.",
  "전광판이 꺼졌습니다.",
  "홍보물이 날려 시야를 가립니다.",
  "고가도로 이음새가 벌어졌습니다.",
  "문화전당 계단이 미끄럽습니다.",
  "양동시장 입구 하수구에서 악취가 납니다.",
  "손잡이가 빠진 버스 정류장 의자",
  "배수로가 막혀 물이 넘칩니다.",
  "백운광장 지하차도 침수",
  "허용 중량을 넘은 차량이 다리를 건넜습니다.",
  "남구 방면 정체가 풀렸습니다.",
  "노면 청소차가 지나갔습니다.",
  "심야 공사로 소음이 큽니다.",
  "하수관 교체 공사가 끝났습니다.",
  "주말 나들이 차량으로 정체",
  "구급차 진입로를 비워 주세요.",
  "민원이 세 번 반복되었습니다.",
  "지하철 이용을 권장합니다.",
  "대표 전화 안내가 바뀌었습니다.",
  "외교 행사로 도로를 통제합니다.",
  "해군 군악대 공연으로 혼잡합니다.",
  "공군 에어쇼 관람객이 몰렸습니다.",
  "육군 부대 앞 도로 결빙",
  "협정 체결식으로 주변 통제",
  "국기 게양대가 기울었습니다.",
  "메모: 다음 회의 전까지 사진 첨부",
  "현장 도착 후 15분 만에 복구함.",
  "통장님들에게 안내 방송을 부탁했습니다.",
  "이장님 댁 근처까지 물이 찼다고 합니다.",
  "구청장님 지시 사항 전달",
  "동장님과 주민들이 함께 눈을 치웠습니다.",
  "반장님 말씀대로 표지판을 옮겼습니다.",
  "경찰관님 안내로 우회했습니다.",
  "소방관 두 명이 출동했습니다.",
  "간호사가 부스를 지키고 있습니다.",
  "의사 소견은 필요 없다고 함.",
  "교수회관 앞 나무가 쓰러졌습니다.",
  "학생회관 앞 계단 파손",
  "과장된 소문이라고 합니다.",
  "부장판사 회의로 주차장이 만차입니다.",
  "대리운전 차량이 이중 주차했습니다.",
  "사장교 케이블 점검 중입니다.",
  "여사님들이 장을 보는 시간대라 붐빕니다.",
  "환자용 승강기가 멈췄습니다.",
  "스님들이 연등 행렬을 준비합니다.",
  "신부 입장 때문에 예식장 앞이 막혔습니다.",
  "목사골 시장 입구 공사",
  "감독 관청에 보고했습니다.",
  "기자 회견으로 인도가 좁습니다.",
  "위원회 결정에 따라 재개합니다.",
  "형사 사건과 무관함.",
  "대장균 검출로 분수대를 멈췄습니다.",
  "Road works on the ring road until the end of the month.",
  "The traffic light at the crossing is out.",
  "A large crowd near the plaza is slowly moving north.",
  "Miss the first turn and take the second exit.",
  "The name is missing on the sign.",
  "Dr is written on the door but the room is empty.",
  "My name is not needed for this report.",
  "This is the third report about the same pothole.",
  "I am at the main gate and the lane is blocked.",
  "Name: none given",
  "Caller: anonymous",
  "Driver: unknown, vehicle removed",
  "Look at gwangju.go.kr for the detour.",
  "Met at the bus stop, nothing to add.",
  "Call 112 or 119 in an emergency.",
  "Fallen branch in the bike lane, removed at noon.",
  "Unit tests of the display passed.",
  "The apartment complex has no light at the entrance.",
  "One two lanes are closed, three four remain open.",
  "Zero visibility in the tunnel this morning.",
  "Station exit 3 is closed, use exit 4.",
  "Water leak under the bridge, depth 12 cm.",
  "Card reader at gate 7 does not work.",
  "The passport office queue reaches the street.",
  "Licence office closed today.",
  "Bank holiday traffic, expect delays.",
  "Line 1 runs every 8 minutes.",
  "Officer on duty has been informed.",
  "Sir, madam: please use the other door.",
  "Weather warning: wind up to 25 m/s.",
] as const;

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
  const sentence = (d.chance(0.8) ? d.mine(KOREAN) : d.mine(ENGLISH)).replace("{}", () => alike);
  return d.chance(0.3) ? `${sentence} ${d.mine(SENTENCES)}` : sentence;
}

const sentences = (d: Draw): string =>
  Array.from({ length: d.int(1, 3) }, () => d.mine(SENTENCES)).join(d.one([" ", "\n"]));
