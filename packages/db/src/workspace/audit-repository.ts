import type { Instant } from "@ecolocal/core/shared";
import { createSyncQuery, type SqliteHandle } from "../sqlite/index.ts";
import type { WorkspaceTables } from "./schema.ts";

/** One thing somebody did to the workspace. */
export interface AuditEntry {
  readonly at: Instant;
  /** Device or process that did it (`app`, `cli`, a device id). */
  readonly actor: string;
  /** `area.verb`, like the procedure that did it. */
  readonly action: string;
  /** Id of what it was done to. */
  readonly subject: string;
  readonly detail: string;
}

/** A log that only grows; writes belong inside `handle.write`. */
export interface AuditRepository {
  add(entry: AuditEntry): void;
  /** Newest first. */
  list(filter: { readonly subject?: string; readonly limit: number }): AuditEntry[];
}

export function auditRepository(handle: SqliteHandle): AuditRepository {
  const query = createSyncQuery<WorkspaceTables>(handle.sqlite);
  const all = query.build
    .selectFrom("audit_entries")
    .select(["at", "actor", "action", "subject", "detail"])
    .orderBy("id", "desc");
  return {
    add(entry) {
      query.run(query.build.insertInto("audit_entries").values(entry));
    },
    list: ({ subject, limit }) =>
      query.all((subject === undefined ? all : all.where("subject", "=", subject)).limit(limit)),
  };
}
