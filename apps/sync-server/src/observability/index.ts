export { createServerMetrics, type ServerMetrics, serveMetrics } from "./metrics.ts";
