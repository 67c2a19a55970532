/** Romanised syllables of Korean number plates; alternatives of a pattern. */
export const PLATE_SYLLABLES =
  "ga|na|da|ra|ma|geo|neo|deo|reo|meo|beo|seo|eo|jeo|go|no|do|ro|mo|bo|so|o|jo|gu|nu|du|ru|mu|bu|su|u|ju|ba|sa|a|ja|ha|heo|ho|bae";

/** A MAC address in pairs; the source of a pattern that ignores case. */
export const MAC_ADDRESS = "(?<![0-9a-z])(?:[0-9a-f]{2}[-:]){5}[0-9a-f]{2}(?![0-9a-z])";

const IDENTIFIERS: readonly RegExp[] = [
  // e-mail address
  /[^\s@]@[^\s@]/,
  // Korean mobile number, with or without the country code
  /(?<![0-9a-z])(?:\+?82[-_. ]?)?0?1[016789][-_. ]?\d{3,4}[-_. ]?\d{4}(?![0-9a-z])/i,
  // Korean number plate, in Hangul or romanised
  /\d{2,3}[-_. ]?[가-힣][-_. ]?\d{4}/,
  new RegExp(`(?<![0-9a-z])\\d{2,3}[-_. ]?(?:${PLATE_SYLLABLES})[-_. ]?\\d{4}(?![0-9a-z])`, "i"),
  // resident registration number
  /(?<![0-9a-z])\d{6}[-_. ][1-8]\d{6}(?![0-9a-z])/i,
  // MAC address
  new RegExp(MAC_ADDRESS, "i"),
  // payment card, IMEI
  /(?<![0-9a-z])(?:\d{4}[-_. ]){3}\d{3,4}(?![0-9a-z])|(?<![0-9a-z])\d{15,19}(?![0-9a-z])/i,
];

/**
 * Whether a text that should name a place or a thing looks like the identifier of a person, a phone, a vehicle or a
 * card (rule P18). Identifiers travel in `subject` and nowhere else.
 */
export function looksLikeIdentifier(text: string): boolean {
  return IDENTIFIERS.some((pattern) => pattern.test(text));
}

const MEDIA =
  /image|img|photo|picture|video|audio|sound|voice|face|embedding|biometric|base64|jpe?g|png|mp[34]|wav|frame|thumbnail|snapshot|stream/i;

/** Whether a field's name says that it carries an image, video, sound, face or embedding (rule P18). */
export function looksLikeMedia(name: string): boolean {
  return MEDIA.test(name);
}
