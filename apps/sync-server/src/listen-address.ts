/**
 * An address that opens the server on the computer it runs on. "Every address" (`0.0.0.0`, `[::]`) is none that anybody
 * could open; this computer's own leads there always.
 */
export function reachableUrl(host: string, port: number): string {
  return `http://${host === "0.0.0.0" || host === "[::]" ? "127.0.0.1" : host}:${port}`;
}
