import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { AnsweredRequest, SyncService, SyncServiceEvents } from "@ecolocal/sync/service";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Measures of the server in Prometheus' format; no document or user ids, they would be endless labels. */
export interface ServerMetrics {
  readonly events: SyncServiceEvents;
  /** Starts to read the gauges of a service. */
  observe(service: SyncService): void;
  /** Starts to tell how old the last backup and the last restore on trial are. */
  observeBackups(read: () => { readonly lastBackupAt: number | null; readonly lastVerifiedAt: number | null }): void;
  /** Starts to tell how much room is left where the data lies. */
  observeDisk(directory: string): void;
  /** The text that Prometheus scrapes. */
  render(): Promise<string>;
}

const COMMIT_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const BATCH_ROWS = [1, 2, 5, 10, 25, 50, 100, 250, 500];

export function createServerMetrics(
  schemaVersion: number,
  fsyncs: (() => number) | null,
  onRequest: (request: AnsweredRequest) => void = () => undefined,
): ServerMetrics {
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
  const { requests, requestSeconds, commitFailures, commits, batches } = createFlowMetrics(registers);
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
      onRequest(request) {
        requests.inc({ method: request.method, status: String(request.status) });
        requestSeconds.observe({ method: request.method }, request.durationMs / 1000);
        onRequest(request);
      },
      onCommit(rows, durationMs, stored) {
        if (!stored) commitFailures.inc();
        commits.observe(durationMs / 1000);
        batches.observe(rows);
      },
    },
    observe: (service) => observeService(service, registry),
    observeBackups: (read) => observeBackups(read, registry),
    observeDisk: (directory) => observeDisk(directory, registry),
    render: () => registry.metrics(),
  };
}

function createFlowMetrics(registers: Registry[]) {
  return {
    commits: new Histogram({
      name: "ecolocal_commit_seconds",
      help: "Time until a batch of updates was durable.",
      buckets: COMMIT_SECONDS,
      registers,
    }),
    batches: new Histogram({
      name: "ecolocal_commit_batch_rows",
      help: "Updates per commit.",
      buckets: BATCH_ROWS,
      registers,
    }),
    requests: new Counter({
      name: "ecolocal_http_requests_total",
      help: "Answered requests by method and status; method UPGRADE is a WebSocket.",
      labelNames: ["method", "status"],
      registers,
    }),
    requestSeconds: new Histogram({
      name: "ecolocal_http_request_seconds",
      help: "Time to answer a request.",
      labelNames: ["method"],
      buckets: COMMIT_SECONDS,
      registers,
    }),
    commitFailures: new Counter({
      name: "ecolocal_commit_failures_total",
      help: "Batches that the store refused; they are tried again and nothing is acknowledged before.",
      registers,
    }),
  };
}

function observeDisk(directory: string, registry: Registry): void {
  const gauge = (name: string, help: string, read: (stats: fs.StatsFs) => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        const stats = fs.statfsSync(directory);
        this.set(read(stats) * stats.bsize);
      },
    });
  };
  gauge("ecolocal_data_free_bytes", "Room left on the disk of the data folder.", (stats) => stats.bavail);
  gauge("ecolocal_data_size_bytes", "Size of the disk of the data folder.", (stats) => stats.blocks);
}

function observeBackups(read: Parameters<ServerMetrics["observeBackups"]>[0], registry: Registry): void {
  timeGauge(
    registry,
    "ecolocal_backup_last_success_timestamp_seconds",
    "Time of the last backup, 0 for none.",
    () => read().lastBackupAt,
  );
  timeGauge(
    registry,
    "ecolocal_backup_last_verified_timestamp_seconds",
    "Time of the last backup that was restored on trial, 0 for none.",
    () => read().lastVerifiedAt,
  );
}

function timeGauge(registry: Registry, name: string, help: string, read: () => number | null): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set((read() ?? 0) / 1000);
    },
  });
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
