import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createPool } from "../../runtime/postgres.ts";

/**
 * The peer of the series: what one writes without the hub. Node's http, one prepared statement, JSON.stringify of rows.
 * `POST /` {plan, cell, from, to} → rows {start, value, lower95, upper95}. Prints its port, ends with its parent.
 */
const pool = createPool(process.env["HUB_DATABASE_URL"] ?? "", { name: "plain", max: 8 });

const QUERY = {
  name: "plain",
  text: `SELECT window_start AS start, greatest(value, 0) AS value, greatest(value - 30, 0) AS lower95,
                greatest(value + 30, 0) AS upper95
           FROM open.published_observation
          WHERE plan = $1 AND cell = $2 AND window_start >= $3 AND window_start < $4 ORDER BY window_start`,
};

const server = createServer((request, response) => {
  let text = "";
  request.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  request.on("end", async () => {
    const { plan, cell, from, to } = JSON.parse(text) as Record<string, unknown>;
    const { rows } = await pool.query({ ...QUERY, values: [plan, cell, from, to] });
    const body = JSON.stringify({ data: rows });
    response
      .writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) })
      .end(body);
  });
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.on("end", () => process.exit(0)).resume();
