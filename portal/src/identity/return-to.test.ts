import { safePath } from "./return-to.ts";

test.each(["/", "/datasets?domain=CROWD#top", "/market/offers/42", "/a//b", "/search?next=https://evil.example/"])(
  "%s is a page of the portal",
  (path) => expect(safePath(path)).toBe(path),
);

test.each([
  null,
  "",
  "datasets",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "\\\\evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  " /x",
  "/signed-in",
  "/signed-in?again",
])("%j leads to the home page", (path) => expect(safePath(path)).toBe("/"));
