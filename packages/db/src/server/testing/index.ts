export { findPostgresBinaries, type PostgresCluster, startPostgresCluster } from "./postgres-cluster.ts";
