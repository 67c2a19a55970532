import { line, preamble } from "./csv.ts";
import type { Head } from "./question.ts";

const head: Head = {
  slug: "bikes",
  titleKo: "자전거",
  titleEn: "Bikes",
  kind: "NOISED",
  tier: "OPEN",
  licenceName: "CC BY 4.0",
  licenceUrl: "https://creativecommons.org/licenses/by/4.0/",
  attribution: "A city\nsecond line",
  isSynthetic: true,
  step: "PT1H",
  halfWidth95: 12,
  threshold: null,
  cells: 1,
  newest: "1",
};

describe("a CSV export", () => {
  test("quotes what needs it and leaves withheld values empty", () => {
    expect(line(["a", null, -3, 'say "so", then', "two\nlines"])).toBe('a,,-3,"say ""so"", then","two\nlines"\n');
  });

  test("never lets a text begin like a formula of a spreadsheet", () => {
    expect(line(["=1+1", "+x", "-x", "@x", -5])).toBe("'=1+1,'+x,'-x,'@x,-5\n");
    expect(line([" =1", "＝1+1", "\n=1", "a=1"])).toBe(`' =1,'＝1+1,"'\n=1",a=1\n`);
  });

  test("says licence, attribution and that the data are made, each on a comment line of its own", () => {
    const lines = preamble(head).trimEnd().split("\n");
    expect(lines.every((text) => text.startsWith("# "))).toBe(true);
    expect(lines).toContain("# attribution: A city second line");
    expect(lines).toContain("# licence: CC BY 4.0 https://creativecommons.org/licenses/by/4.0/");
    expect(lines.join(" ")).toContain("synthetic");
  });
});
