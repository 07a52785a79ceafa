import type Database from "better-sqlite3";
import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";

const STATEMENT_CACHE_SIZE = 300;

/**
 * Kysely as a typed writer of SQL, executed synchronously on one better-sqlite3 handle.
 *
 * Synchronous on purpose: a document update, its projection and its bookkeeping commit in one transaction that no
 * other code can slip into, and there is no second connection to deadlock with.
 */
export interface SyncQuery<Tables> {
  readonly build: Kysely<Tables>;
  all<Row>(query: Compilable<Row>): Row[];
  first<Row>(query: Compilable<Row>): Row | undefined;
  /** Runs a statement that returns no rows; tells how many rows changed. */
  run(query: Compilable<unknown>): number;
}

export function createSyncQuery<Tables>(sqlite: Database.Database): SyncQuery<Tables> {
  const build = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  const statements = new Map<string, Database.Statement>();
  const prepare = (query: CompiledQuery<unknown>): Database.Statement => {
    const known = statements.get(query.sql);
    if (known !== undefined) return known;
    if (statements.size >= STATEMENT_CACHE_SIZE) statements.clear();
    const statement = sqlite.prepare(query.sql);
    statements.set(query.sql, statement);
    return statement;
  };
  return {
    build,
    all<Row>(query: Compilable<Row>): Row[] {
      const compiled = query.compile();
      return prepare(compiled).all(...compiled.parameters) as Row[];
    },
    first<Row>(query: Compilable<Row>): Row | undefined {
      const compiled = query.compile();
      return prepare(compiled).get(...compiled.parameters) as Row | undefined;
    },
    run(query: Compilable<unknown>): number {
      const compiled = query.compile();
      return prepare(compiled).run(...compiled.parameters).changes;
    },
  };
}
