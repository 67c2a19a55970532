import { type ErrorCode, HubError } from "../../core/errors.ts";
import type { LocalText } from "../values.ts";
import { sentenceOf, wordsOf } from "./database-words.ts";
import type { FieldFault } from "./plain-text.ts";

/** Codes of the registry that a mutation answers with: expected outcomes, not faults. */
export type RefusalCode = Extract<
  ErrorCode,
  "BAD_USER_INPUT" | "CONFLICT" | "FORBIDDEN" | "LIMIT_EXCEEDED" | "NOT_FOUND" | "TRANSITION_INVALID"
>;

const TEXTS: Readonly<Record<RefusalCode, LocalText>> = {
  BAD_USER_INPUT: { ko: "표시된 항목을 고쳐 주세요.", en: "Please correct the fields that are named." },
  CONFLICT: {
    ko: "그사이 다른 사람이 먼저 처리했습니다. 다시 불러온 뒤 판단해 주세요.",
    en: "Someone was faster. Load it again and decide on what stands now.",
  },
  FORBIDDEN: { ko: "이 일을 할 권한이 없습니다.", en: "You may not do this." },
  LIMIT_EXCEEDED: { ko: "허용된 수를 넘습니다.", en: "This is more than is allowed." },
  NOT_FOUND: { ko: "찾을 수 없습니다.", en: "There is no such thing." },
  TRANSITION_INVALID: {
    ko: "지금 상태에서는 할 수 없는 일입니다.",
    en: "This cannot be done in the present state.",
  },
};

/** `Refused` as a mutation answers it. */
export type Refused = { refused: true; code: RefusalCode; text: LocalText; fields: readonly FieldFault[] };

/** An expected refusal of a mutation; it becomes {@link Refused} in the answer. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  readonly text: LocalText;
  readonly fields: readonly FieldFault[];

  constructor(code: RefusalCode, text: LocalText = TEXTS[code], fields: readonly FieldFault[] = []) {
    super(`${code}: ${text.en}`);
    this.code = code;
    this.text = text;
    this.fields = fields;
  }
}

/** @throws Refusal BAD_USER_INPUT when there are faults, all of them together */
export function refuseFaults(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new Refusal("BAD_USER_INPUT", undefined, faults);
}

/** SQLSTATEs of the functions of schema `market`. */
const OF_DATABASE: Readonly<Record<string, RefusalCode>> = {
  MD040: "CONFLICT",
  MD041: "TRANSITION_INVALID",
  MD042: "FORBIDDEN",
  MD043: "BAD_USER_INPUT",
  MD044: "NOT_FOUND",
};

type DatabaseError = Partial<Record<"code" | "message" | "detail" | "hint", string>>;

/** What is answered for an error of a mutation, or null for one that is a fault of ours. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  const { code: state, message, detail, hint } = (error ?? {}) as DatabaseError;
  const code = OF_DATABASE[String(state)];
  if (code === "BAD_USER_INPUT") {
    const rule = wordsOf(message) ?? { ko: "이 값은 규칙에 맞지 않습니다", en: "the value breaks a rule" };
    const fix = wordsOf(hint) ?? { ko: "값을 고쳐 주세요", en: "Correct it." };
    return new Refusal(code, undefined, [{ field: detail ?? "input", rule, fix }]);
  }
  if (code !== undefined) return new Refusal(code, sentenceOf(message));
  // A data exception: an argument that no column can hold, such as a network with bits beyond its length.
  if (/^22[0-9A-Z]{3}$/.test(String(state))) return new Refusal("BAD_USER_INPUT");
  if (error instanceof HubError && error.code === "NOT_FOUND") return new Refusal("NOT_FOUND");
  return null;
}
