import { looksLikeIdentifier, looksLikeMedia } from "./identifier.ts";

test.each([
  ["12가3456", "number plate"],
  ["서울12가3456", "number plate with region"],
  ["12ga3456", "romanised plate"],
  ["pole-123-heo-4567", "romanised plate within a key"],
  ["010-1234-5678", "mobile number"],
  ["01012345678", "mobile number"],
  ["82-10-1234-5678", "mobile number with country code"],
  ["someone@example.kr", "e-mail address"],
  ["900101-1234567", "resident registration number"],
  ["aa-bb-cc-dd-ee-ff", "MAC address"],
  ["AA:BB:CC:DD:EE:FF", "MAC address"],
  ["4111-1111-1111-1111", "card number"],
  ["356938035643809", "IMEI"],
])("%s looks like an identifier (%s)", (text) => {
  expect(looksLikeIdentifier(text)).toBe(true);
});

test.each([
  "hanmadang",
  "central-avenue-2",
  "station-03",
  "8930c632cd3ffff",
  "usa-ca",
  "2nd-at-folsom",
  "works-2026-11-21",
  "24-aug-2026",
  "PERSON_DOWN",
  "018f0000-0000-4000-8000-000000000001",
])("%s does not", (text) => {
  expect(looksLikeIdentifier(text)).toBe(false);
});

test("names of media are seen wherever they stand in a field's name", () => {
  for (const name of ["image", "rawImage", "face_vector", "clip_mp4", "audio"]) expect(looksLikeMedia(name)).toBe(true);
  for (const name of ["speed", "note", "zone"]) expect(looksLikeMedia(name)).toBe(false);
});
