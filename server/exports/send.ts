import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { constants, createGzip, type Gzip } from "node:zlib";
import { HubError } from "../../core/errors.ts";
import { hubError } from "../../schema/errors.ts";
import type { Format } from "./question.ts";

/** How often it is asked whether a running download may go on, also while its reader is slow. */
const CHECK_MS = 200;
/** What is written at once: what has left the process cannot be taken back. */
const SLICE = 64 * 1024;
/** How long a download that is cut waits for its reader to take the last words. */
const LAST_WORDS_MS = 500;

/** The trailer of a download that was cut: why, as a code of docs/errors.md. */
export const CUT_TRAILER = "madang-cut";

export type SendOptions = {
  format: Format;
  zipped: boolean;
  /** @throws HubError when the one who asked may not read this any longer, or when that cannot be confirmed */
  stands: () => Promise<void>;
};

/**
 * Sends a download, part by part, for as long as the one who asked may read it. Otherwise, and when reading fails, it is cut:
 * a last line says why, a trailer too, and the connection ends without the end of the message, so that no reader takes what
 * came for the whole.
 * @throws the error of reading, when it is no fault of ours to tell; what the reader's going away throws
 */
export async function sendParts(
  response: ServerResponse,
  parts: AsyncIterable<string>,
  { format, zipped, stands }: SendOptions,
): Promise<void> {
  const out: Gzip | ServerResponse = zipped ? createGzip({ level: 6 }) : response;
  if (zipped) (out as Gzip).pipe(response);
  const guard = guarding(response, stands);
  const iterator = parts[Symbol.asyncIterator]();
  try {
    while (true) {
      const next = await Promise.race([iterator.next(), guard.ended]);
      if (next.done === true) break;
      for (let at = 0; at < next.value.length; at += SLICE)
        await write(out, next.value.slice(at, at + SLICE), guard.ended);
    }
    await stands();
    out.end();
    await finished(response);
  } catch (error) {
    iterator.return?.().catch(() => {}); // it may be reading still
    if (response.destroyed) throw error;
    const told = hubError(error);
    await cut(response, out, told ?? new HubError("INTERNAL"), format);
    if (told === undefined) throw error;
  } finally {
    guard.stop();
    if (out !== response) out.destroy();
  }
}

async function write(out: Writable, text: string, ended: Promise<never>): Promise<void> {
  if (!out.write(text)) await Promise.race([once(out, "drain"), ended]);
}

/** Asks again and again; `ended` rejects when the answer is no, or when the reader has gone. */
function guarding(response: ServerResponse, stands: () => Promise<void>) {
  let stop = () => {};
  const ended = new Promise<never>((_, reject) => {
    let asking = false;
    const timer = setInterval(() => {
      if (asking) return;
      asking = true;
      stands()
        .catch(reject)
        .finally(() => {
          asking = false;
        });
    }, CHECK_MS);
    const gone = () => reject(Object.assign(new Error("the reader has gone"), { code: "ERR_STREAM_PREMATURE_CLOSE" }));
    response.once("close", gone);
    stop = () => {
      clearInterval(timer);
      response.off("close", gone);
    };
  });
  ended.catch(() => {});
  return { ended, stop: () => stop() };
}

/** What stands last in a file that was cut. No reader of GeoJSON takes such a file. */
const LAST_WORDS: Readonly<Record<Format, (error: HubError) => string>> = {
  csv: ({ code, detail }) => `\n# cut: ${code}: ${detail} This file is not complete.\n`,
  geojson: ({ code, detail }) => `\n${JSON.stringify({ cut: { code, detail } })}\n`,
};

async function cut(response: ServerResponse, out: Writable, error: HubError, format: Format): Promise<void> {
  const words = LAST_WORDS[format](error).replaceAll(/[\r\n]+(?=.)/g, "\n");
  const written = new Promise<void>((resolve) => {
    out.write(words, out === response ? () => resolve() : undefined);
    // Without the end of a zipped file; only what is flushed can be read.
    if (out !== response) (out as Gzip).flush(constants.Z_SYNC_FLUSH, () => resolve());
  });
  await Promise.race([written, sleep(LAST_WORDS_MS)]);
  if (out !== response) await emptied(out as Gzip, response);
  const { socket } = response;
  if (socket === null || !response.chunkedEncoding) {
    response.destroy();
    return;
  }
  // The last chunk and the trailer, but not the empty line that ends a message (RFC 9112 §7.1).
  socket.end(`0\r\n${CUT_TRAILER}: ${error.code}\r\n`);
  setTimeout(() => socket.destroy(), LAST_WORDS_MS).unref();
}

/** Waits, for a moment, until what was zipped has gone to the connection. */
async function emptied(gzip: Gzip, response: ServerResponse): Promise<void> {
  for (const end = Date.now() + LAST_WORDS_MS; Date.now() < end; await sleep(10)) {
    if (gzip.readableLength === 0 && gzip.writableLength === 0 && response.writableLength === 0) return;
  }
}
