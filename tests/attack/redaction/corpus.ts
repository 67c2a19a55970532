import type { RedactionKind } from "../../../core/incidents/redaction/rule.ts";
import { draw, type Format, type Half, type Item } from "./draw.ts";
import { email, handle, phone } from "./formats/contact.ts";
import { driverLicence, foreignerNumber, passport, residentNumber } from "./formats/documents.ts";
import { account, card } from "./formats/money.ts";
import { name } from "./formats/people.ts";
import { address, device, position } from "./formats/places.ts";
import { plate } from "./formats/vehicle.ts";
import { ENGLISH_FRAMES, KOREAN_FRAMES } from "./sentences.ts";

/** A report with one thing in it that is about a person. */
export type Planted = {
  readonly text: string;
  /** Where the secret stands: code units from `start` to `end`. */
  readonly start: number;
  readonly end: number;
  /** Where what announces it begins, and what belongs to it ends: a bank's name, a title. */
  readonly from: number;
  readonly to: number;
  readonly spelling: string;
};

const FORMATS: Record<RedactionKind, Format> = {
  RESIDENT_NUMBER: residentNumber,
  FOREIGNER_NUMBER: foreignerNumber,
  CARD: card,
  ACCOUNT: account,
  PASSPORT: passport,
  DRIVER_LICENCE: driverLicence,
  PHONE: phone,
  EMAIL: email,
  PLATE: plate,
  NAME: name,
  ADDRESS: address,
  POSITION: position,
  DEVICE: device,
  HANDLE: handle,
};

export type Language = "Korean" | "English";

/** `count` different reports with an item of the class, the same for the same seed and half. */
export function planted(kind: RedactionKind, count: number, seed: string, half: Half, language: Language): Planted[] {
  const d = draw(`${kind}/${language}/${seed}`, half);
  const reports = new Map<string, Planted>();
  while (reports.size < count) {
    const item = FORMATS[kind](d);
    // In an English report nothing is written in Hangul.
    if (language === "English" && HANGUL.test(`${item.before}${item.secret}${item.after}`)) continue;
    const report = inSentence(item, d.one((language === "English" ? ENGLISH_FRAMES : KOREAN_FRAMES)[half]));
    reports.set(report.text, report);
  }
  return [...reports.values()];
}

const HANGUL = /[가-힣\u1100-\u11FF\u3131-\u318E]/;

function inSentence({ before = "", secret, after = "", spelling }: Item, frame: string): Planted {
  const [lead = "", tail = ""] = frame.split("{}");
  // What ends in a title or a particle takes no second particle.
  const apart = HANGUL.test(after) && HANGUL.test(tail.slice(0, 1)) ? " " : "";
  const start = lead.length + before.length;
  return {
    text: `${lead}${before}${secret}${after}${apart}${tail}`,
    start,
    end: start + secret.length,
    from: lead.length,
    to: start + secret.length + after.length,
    spelling,
  };
}
