import { connect, type Socket } from "node:net";

/** A download over a connection of its own, byte by byte as it comes; HTTP/1.1. */
export type Download = {
  /** Resolves when `bytes` have come. */
  came(bytes: number): Promise<void>;
  /** From now on as fast as it comes. */
  hurry(): void;
  /** All bytes until the connection ended, and how long that took after `hurry`. */
  ended: Promise<{ bytes: Buffer; ms: number }>;
};

const SLOW_MS = 40;

/** Begins a download and reads it slowly: 64 KiB, then a pause. */
export function download(url: string, path: string, headers: Record<string, string>): Download {
  const { hostname, port } = new URL(url);
  const parts: Buffer[] = [];
  let size = 0;
  let slow = true;
  let hurriedAt = Date.now();
  const waiting: { bytes: number; resolve: () => void }[] = [];
  const socket: Socket = connect(Number(port), hostname, () => {
    const lines = Object.entries({ host: "hub", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
  });
  socket.on("data", (part) => {
    parts.push(part);
    size += part.length;
    for (const one of waiting) if (size >= one.bytes) one.resolve();
    if (!slow) return;
    socket.pause();
    setTimeout(() => socket.resume(), SLOW_MS);
  });
  const ended = new Promise<{ bytes: Buffer; ms: number }>((resolve) => {
    socket.on("error", () => {});
    socket.on("close", () => resolve({ bytes: Buffer.concat(parts), ms: Date.now() - hurriedAt }));
  });
  return {
    came: (bytes) => new Promise((resolve) => (size >= bytes ? resolve() : void waiting.push({ bytes, resolve }))),
    hurry() {
      slow = false;
      hurriedAt = Date.now();
      socket.resume();
    },
    ended,
  };
}

/** Takes a chunked message apart: its data, and what stands after the last chunk. */
export function unchunk(bytes: Buffer): { head: string; body: Buffer; rest: string } {
  const start = bytes.indexOf("\r\n\r\n") + 4;
  const parts: Buffer[] = [];
  let at = start;
  while (at < bytes.length) {
    const end = bytes.indexOf("\r\n", at);
    const length = Number.parseInt(bytes.toString("latin1", at, end), 16);
    if (!(length > 0)) break;
    parts.push(bytes.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
  return { head: bytes.toString("latin1", 0, start), body: Buffer.concat(parts), rest: bytes.toString("latin1", at) };
}
