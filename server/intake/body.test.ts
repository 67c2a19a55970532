import { HubError } from "../../core/errors.ts";
import { parseBody } from "./body.ts";

const code = (body: Buffer | string): string => {
  try {
    parseBody(Buffer.from(body));
    return "taken";
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return error.code;
  }
};

test("a body is one JSON text in UTF-8", () => {
  expect(code('{"a":"마당"}')).toBe("taken");
  for (const text of ["", "{", '{"a":1}{}', "{'a':1}", '{"a":NaN}', '{"a":Infinity}', '{"a":1,}', "\u0000"]) {
    expect(code(text)).toBe("BODY_NOT_JSON");
  }
  expect(code("[".repeat(200_000))).toBe("BODY_NOT_JSON");
});

test("bytes that are no UTF-8, and byte-order marks, are refused before they are parsed", () => {
  for (const bytes of [[0xff], [0x7b, 0xc3, 0x28, 0x7d], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf, 0x7b, 0x7d]]) {
    expect(code(Buffer.from(bytes))).toBe("BODY_NOT_UTF8");
  }
});
