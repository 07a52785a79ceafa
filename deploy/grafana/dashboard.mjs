// The dashboard as code: `ECOLOCAL_WRITE=1 npm run verify:ops -- --check dashboards` writes dashboards/sync.json.

const PANELS = [
  ["Connections", "short", "sum(ecolocal_ws_connections)"],
  ["Messages a second", "ops", "sum by (kind) (rate(ecolocal_ws_messages_total[5m]))"],
  [
    "Time until a change is durable, p50",
    "s",
    "histogram_quantile(0.5, sum by (le) (rate(ecolocal_commit_seconds_bucket[5m])))",
  ],
  [
    "Time until a change is durable, p99",
    "s",
    "histogram_quantile(0.99, sum by (le) (rate(ecolocal_commit_seconds_bucket[5m])))",
  ],
  ["Bad commits, share of the last hour", "percentunit", "ecolocal:commit_bad:ratio_rate1h"],
  ["Changes that wait for the disk", "short", "max(ecolocal_commit_queue_rows)"],
  ["Connections closed by code", "ops", "sum by (code) (rate(ecolocal_ws_closed_total[5m]))"],
  ["Refused, by reason", "ops", "sum by (reason) (rate(ecolocal_rejected_total[5m]))"],
  ["Requests by status", "reqps", "sum by (status) (rate(ecolocal_http_requests_total[5m]))"],
  [
    "Time to answer, p99",
    "s",
    "histogram_quantile(0.99, sum by (le) (rate(ecolocal_http_request_seconds_bucket[5m])))",
  ],
  ["Documents in memory", "short", "sum(ecolocal_documents_loaded)"],
  ["Event loop, p99", "s", "max(nodejs_eventloop_lag_p99_seconds)"],
  ["Memory of the process", "bytes", "max(process_resident_memory_bytes)"],
  ["Free room on the data disk", "percentunit", "min(ecolocal_data_free_bytes / ecolocal_data_size_bytes)"],
  ["Age of the last backup", "s", "time() - max(ecolocal_backup_last_success_timestamp_seconds)"],
  ["Age of the last restore on trial", "s", "time() - max(ecolocal_backup_last_verified_timestamp_seconds)"],
];

export function render() {
  const panels = PANELS.map(([title, unit, expr], index) => ({
    id: index + 1,
    type: "timeseries",
    title,
    datasource: { type: "prometheus", uid: "prometheus" },
    gridPos: { x: (index % 3) * 8, y: Math.floor(index / 3) * 7, w: 8, h: 7 },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: [{ refId: "A", expr }],
  }));
  const dashboard = {
    uid: "ecolocal-sync",
    title: "EcoLocal sync server",
    tags: ["ecolocal"],
    schemaVersion: 39,
    time: { from: "now-6h", to: "now" },
    refresh: "30s",
    panels,
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}
