export { freePort } from "./free-port.ts";
export { findPostgresBinaries, type PostgresCluster, startPostgresCluster } from "./postgres-cluster.ts";
export { type RedisProcess, startRedis } from "./redis-process.ts";
