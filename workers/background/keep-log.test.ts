import { originOf } from "./keep-log.ts";

test.each([
  ["https://hub.example", "hub.example/log"],
  ["https://hub.example/", "hub.example/log"],
  ["http://127.0.0.1:4000", "127.0.0.1:4000/log"],
  ["http://[::1]:4000/", "[::1]:4000/log"],
])("the log of %s is named %s: its address without the scheme", (url, origin) => {
  expect(originOf(url)).toBe(origin);
});
