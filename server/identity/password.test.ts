import { hashPassword, passwordFault, verifyPassword } from "./password.ts";

test.each(["argon2id", "scrypt"] as const)(
  "%s: the right password opens, another does not, equal ones differ",
  async (method) => {
    const hash = await hashPassword("correct horse battery", method);
    expect(hash).toMatch(new RegExp(`^\\$${method}\\$`));
    expect(hash).not.toContain("horse");
    await expect(verifyPassword("correct horse battery", hash)).resolves.toBe(true);
    await expect(verifyPassword("correct horse batterz", hash)).resolves.toBe(false);
    await expect(hashPassword("correct horse battery", method)).resolves.not.toBe(hash);
  },
);

test("nobody's password opens nothing, and is as much work", async () => {
  const hash = await hashPassword("correct horse battery");
  const time = async (known: string | null): Promise<number> => {
    const begun = performance.now();
    for (let round = 0; round < 8; round += 1)
      await expect(verifyPassword("wrong horse battery", known)).resolves.toBe(false);
    return performance.now() - begun;
  };
  await time(hash);
  const [account, none] = [await time(hash), await time(null)];
  expect(none / account).toBeGreaterThan(0.5);
  expect(none / account).toBeLessThan(2);
});

test("one password typed on two keyboards is one", async () => {
  await expect(
    verifyPassword("가나다라마바사아자차카타", await hashPassword("가나다라마바사아자차카타".normalize("NFD"))),
  ).resolves.toBe(true);
});

test("a damaged hash is an error, not a login", async () => {
  await expect(verifyPassword("x", "$2b$10$something")).rejects.toThrow("unknown kind");
});

test.each([
  ["short", "eleven char"],
  ["long", "x1y2z3".repeat(30)],
  ["plain", "aaaaaaaaaaaaaa"],
  ["plain", "abcdefghijklm"],
  ["plain", "123456789012"],
  ["plain", "hello1hello1hello1"],
  ["email", "someone-2026-x"],
  ["email", "someone@madang.example"],
  [null, "correct horse battery"],
  [null, "초록 지붕 아래 마당에서"],
])("a password is %s: %s", (fault, password) => {
  expect(passwordFault(password, "someone@madang.example")).toBe(fault);
});
