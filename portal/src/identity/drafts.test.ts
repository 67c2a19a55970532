import { dropDrafts, readDraft, writeDraft } from "./drafts.ts";

/** What a browser's tab keeps, as an object whose keys are listed like sessionStorage's. */
function openStorage(): void {
  const kept: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => kept[key] ?? null,
    setItem(key: string, value: string) {
      kept[key] = value;
    },
    removeItem(key: string) {
      delete kept[key];
    },
  };
  const hidden = Object.entries(methods).map(([name, method]) => [name, { value: method }]);
  Object.defineProperties(kept, Object.fromEntries(hidden));
  Object.defineProperty(globalThis, "sessionStorage", { value: kept, configurable: true });
}

beforeEach(openStorage);

test("a form begun by nobody in particular is there for whoever signs in", () => {
  writeDraft("request.1", null, { purpose: "research" });
  expect(readDraft("request.1", "anna")).toEqual({ value: { purpose: "research" } });
  expect(readDraft("request.2", "anna")).toBeNull();
});

test("a form begun by a person is given to that person alone, also after the session has ended", () => {
  writeDraft("request.1", "anna", { purpose: "research" });
  expect(readDraft("request.1", "anna")).toEqual({ value: { purpose: "research" } });
  expect(readDraft("request.1", "ben")).toBeNull();
  expect(readDraft("request.1", null)).toBeNull();
});

test("signing out forgets every form and nothing else", () => {
  writeDraft("a", "anna", 1);
  writeDraft("b", null, 2);
  sessionStorage.setItem("madang.return-to", "/x");
  dropDrafts();
  expect(Object.keys(sessionStorage)).toEqual(["madang.return-to"]);
});

test("a damaged form is no form", () => {
  sessionStorage.setItem("madang.draft.a", "{");
  expect(readDraft("a", null)).toBeNull();
});
