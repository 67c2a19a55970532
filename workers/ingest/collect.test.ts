import { createCollector } from "./collect.ts";

test("ids that come together are worked on together, at most twenty, and the same id once", async () => {
  const groups: (readonly string[])[] = [];
  const collector = createCollector(async (ids) => void groups.push(ids));
  const ids = Array.from({ length: 45 }, (_, index) => `b${index}`);
  await Promise.all([...ids, "b0", "b1"].map((id) => collector.submit(id)));
  expect(groups.map((group) => group.length)).toEqual([20, 20, 5]);
  expect(groups.flat()).toEqual(ids);
});

test("a group that fails fails its ids, the next ones go on, and a failed id may come again", async () => {
  let broken = true;
  const done: string[] = [];
  const collector = createCollector(async (ids) => {
    if (broken) throw new Error("away");
    done.push(...ids);
  });
  await expect(collector.submit("a")).rejects.toThrow("away");
  broken = false;
  await collector.submit("a");
  await collector.submit("b");
  expect(done).toEqual(["a", "b"]);
});
