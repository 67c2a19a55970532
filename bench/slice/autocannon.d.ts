/** The part of autocannon 9 that the bench uses; the package brings no types of its own. */
declare module "autocannon" {
  export type Request = { method: "POST"; path: string; headers: Record<string, string>; body: string };
  export type Client = { setRequests(requests: Request[]): void };
  export type Options = {
    url: string;
    connections: number;
    duration: number;
    setupClient(client: Client): void;
    verifyBody(body: string): boolean;
  };
  export type Result = {
    requests: { total: number };
    /** seconds */
    duration: number;
    errors: number;
    non2xx: number;
    mismatches: number;
  };
  export default function autocannon(options: Options): Promise<Result>;
}
