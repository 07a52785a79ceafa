import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";
const HOSTS = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/;

/** Serves `GET /metrics` and `GET /healthz` to programs of this computer; `render` is asked for every scrape. */
export async function serveMetrics(
  port: number,
  render: () => Promise<string>,
): Promise<Result<MetricsServer, Failure<"SERVE_PORT_BUSY">>> {
  const server = createServer({ requestTimeout: 5000 }, (request, response) => {
    const answer = (status: number, text: string): void => {
      response.writeHead(status, {
        "content-type": "text/plain; version=0.0.4; charset=utf-8",
        "cache-control": "no-store",
      });
      response.end(text);
    };
    if (!HOSTS.test(request.headers.host ?? "")) return answer(421, "Ask this computer by its own address.\n");
    if (request.method !== "GET") return answer(405, "Only reading is possible here.\n");
    if (request.url === "/healthz") return answer(200, "ok\n");
    if (request.url !== "/metrics") return answer(404, "See /metrics.\n");
    render().then(
      (text) => answer(200, text),
      () => answer(503, "The engine does not answer.\n"),
    );
  });
  server.listen(port, LOOPBACK);
  try {
    await once(server, "listening");
  } catch (error) {
    return err(taken(port, error instanceof Error ? error.message : String(error)));
  }
  return ok({
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/metrics`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function taken(port: number, message: string): Failure<"SERVE_PORT_BUSY"> {
  return {
    code: "SERVE_PORT_BUSY",
    op: "serve metrics",
    subject: String(port),
    detail: `Port ${port} cannot be listened on: ${message}.`,
    hint: "Choose another port with --metrics-port.",
    retry: "after-change",
  };
}
