/**
 * Arrays as PostgreSQL's binary wire format. The driver sends a Buffer as a binary parameter, so that thousands of rows
 * go as a few columns (`unnest($1::int8[], …)`) without being printed and parsed as text.
 */
const OID = { bytea: 17, bigint: 20, integer: 23, date: 1082, timestamptz: 1184 } as const;

const HEADER = 20;
/** PostgreSQL counts days and microseconds from 2000-01-01. */
const EPOCH_MS = 946_684_800_000;
const EPOCH_DAYS = 10_957;
const WORD = 2 ** 32;

function header(buffer: Buffer, oid: number, length: number): number {
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return HEADER;
}

function fourBytes(oid: number, length: number, valueAt: (index: number) => number): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER + length * 8);
  let at = header(buffer, oid, length);
  for (let i = 0; i < length; i++, at += 8) {
    buffer.writeInt32BE(4, at);
    buffer.writeInt32BE(valueAt(i), at + 4);
  }
  return buffer;
}

function eightBytes(oid: number, length: number, valueAt: (index: number) => number): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER + length * 12);
  let at = header(buffer, oid, length);
  for (let i = 0; i < length; i++, at += 12) {
    const value = valueAt(i);
    const high = Math.floor(value / WORD);
    buffer.writeInt32BE(8, at);
    buffer.writeInt32BE(high, at + 4);
    buffer.writeUInt32BE(value - high * WORD, at + 8);
  }
  return buffer;
}

/** `integer[]` of `length` values. */
export const integers = (length: number, valueAt: (index: number) => number): Buffer =>
  fourBytes(OID.integer, length, valueAt);

/** `bigint[]`; values are safe integers. */
export const bigints = (length: number, valueAt: (index: number) => number): Buffer =>
  eightBytes(OID.bigint, length, valueAt);

/** `timestamptz[]` from epoch milliseconds. */
export const instants = (length: number, epochMsAt: (index: number) => number): Buffer =>
  eightBytes(OID.timestamptz, length, (index) => (epochMsAt(index) - EPOCH_MS) * 1000);

/** `date[]` from days since 1970-01-01. */
export const dates = (length: number, epochDayAt: (index: number) => number): Buffer =>
  fourBytes(OID.date, length, (index) => epochDayAt(index) - EPOCH_DAYS);

/** `bytea[]`. */
export function byteas(values: readonly Uint8Array[]): Buffer {
  const buffer = Buffer.allocUnsafe(values.reduce((sum, value) => sum + 4 + value.length, HEADER));
  let at = header(buffer, OID.bytea, values.length);
  for (const value of values) {
    at = buffer.writeInt32BE(value.length, at);
    buffer.set(value, at);
    at += value.length;
  }
  return buffer;
}
