import http from "node:http";
import type { AddressInfo } from "node:net";
import type { SyncService, SyncServiceEvents } from "@ecolocal/sync/service";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Measures of the server in Prometheus' format; no document or user ids, they would be endless labels. */
export interface ServerMetrics {
  readonly events: SyncServiceEvents;
  /** Starts to read the gauges of a service. */
  observe(service: SyncService): void;
  /** The text that Prometheus scrapes. */
  render(): Promise<string>;
}

const COMMIT_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const BATCH_ROWS = [1, 2, 5, 10, 25, 50, 100, 250, 500];

export function createServerMetrics(schemaVersion: number, fsyncs: (() => number) | null): ServerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const messages = new Counter({
    name: "ecolocal_ws_messages_total",
    help: "Messages received by kind.",
    labelNames: ["kind"],
    registers,
  });
  const bytes = new Counter({
    name: "ecolocal_ws_received_bytes_total",
    help: "Bytes received over WebSocket.",
    registers,
  });
  const closed = new Counter({
    name: "ecolocal_ws_closed_total",
    help: "Connections closed by code.",
    labelNames: ["code"],
    registers,
  });
  const slow = new Counter({
    name: "ecolocal_ws_slow_closed_total",
    help: "Readers cut off because they read too slowly.",
    registers,
  });
  const rejected = new Counter({
    name: "ecolocal_rejected_total",
    help: "Refused connections, updates and presence by reason.",
    labelNames: ["reason"],
    registers,
  });
  const commits = new Histogram({
    name: "ecolocal_commit_seconds",
    help: "Time until a batch of updates was durable.",
    buckets: COMMIT_SECONDS,
    registers,
  });
  const batches = new Histogram({
    name: "ecolocal_commit_batch_rows",
    help: "Updates per commit.",
    buckets: BATCH_ROWS,
    registers,
  });
  new Gauge({ name: "ecolocal_schema_version", help: "Schema version of the database.", registers }).set(schemaVersion);
  if (fsyncs !== null) {
    new Gauge({
      name: "ecolocal_store_fsync_count",
      help: "Times the embedded database reached the disk; flat while commits rise means data is at risk.",
      registers,
      collect() {
        this.set(fsyncs());
      },
    });
  }
  return {
    events: {
      onMessage(kind, size) {
        messages.inc({ kind });
        bytes.inc(size);
      },
      onSlow: () => slow.inc(),
      onClosed: (code) => closed.inc({ code: String(code) }),
      onRejected: (reason) => rejected.inc({ reason }),
      onCommit(rows, durationMs) {
        commits.observe(durationMs / 1000);
        batches.observe(rows);
      },
    },
    observe: (service) => observeService(service, registry),
    render: () => registry.metrics(),
  };
}

function observeService(service: SyncService, registry: Registry): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  gauge("ecolocal_ws_connections", "Open connections.", () => service.hub.connections);
  gauge("ecolocal_documents_loaded", "Documents held in memory.", () => service.hub.size);
  gauge("ecolocal_commit_queue_rows", "Updates that are not durable yet.", () => service.commit.depth);
  gauge("ecolocal_draining", "1 while the server asks its clients to go elsewhere.", () => (service.draining ? 1 : 0));
}

/** Serves `/metrics` on a port of its own, which is never published to the outside. */
export async function serveMetrics(
  metrics: ServerMetrics,
  port: number,
  host: string,
): Promise<{ readonly port: number; close(): void }> {
  const server = http.createServer((request, response) => {
    if (request.url !== "/metrics") {
      response.writeHead(404).end();
      return;
    }
    metrics.render().then(
      (text) => response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
