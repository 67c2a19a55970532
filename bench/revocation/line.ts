import { connect, createServer, type Server, type Socket } from "node:net";

/** A way to a store that can be taken away: `silent`, packets are lost; `refused`, connections are. */
export type Line = {
  port: number;
  break(how: "silent" | "refused"): void;
  mend(): void;
  close(): Promise<void>;
};

/** Leads a port of this machine to a store. */
export async function line(host: string, port: number): Promise<Line> {
  const ends = new Set<Socket>();
  let how: "whole" | "silent" | "refused" = "whole";
  const server: Server = createServer((near) => {
    if (how === "refused") return void near.destroy();
    const far = connect(port, host);
    for (const end of [near, far]) {
      ends.add(end);
      end.on("error", () => {});
      end.on("close", () => {
        ends.delete(end);
        near.destroy();
        far.destroy();
      });
    }
    near.on("data", (part) => how === "whole" && far.write(part));
    far.on("data", (part) => how === "whole" && near.write(part));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const drop = () => {
    for (const end of ends) end.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    break(next) {
      how = next;
      if (next === "refused") drop();
    },
    mend() {
      // What was lost on the way is not sent again: those connections are of no use.
      drop();
      how = "whole";
    },
    close: () => {
      drop();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}
