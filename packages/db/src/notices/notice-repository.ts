import type { Notice } from "@ecolocal/core/notice";
import type { Instant, Ulid } from "@ecolocal/core/shared";
import { createSyncQuery, type SqliteHandle } from "../sqlite/index.ts";

export interface NoticeTables {
  notices: {
    id: string;
    kind: string;
    subject: string;
    facts: string;
    raised_at: number;
    resolved_at: number | null;
    read_at: number | null;
    notified_at: number | null;
  };
}

/** What people were told. Writes belong inside `handle.write`. */
export interface NoticeRepository {
  /** Newest first. */
  list(limit: number): Notice[];
  /** Those that go on. */
  open(): Notice[];
  unread(): Notice[];
  /** When desktop notifications were handed out since an instant. */
  notifiedSince(since: Instant): Instant[];
  /** Fails where one of the same kind and subject is open. */
  add(notice: Notice): void;
  resolve(id: Ulid, at: Instant): void;
  /** Marks notices as read, or with null as unread; tells which changed. */
  setRead(ids: readonly Ulid[], at: Instant | null): Ulid[];
  setNotified(ids: readonly Ulid[], at: Instant): void;
  /** Forgets what is over and was raised before an instant. */
  prune(before: Instant): void;
}

export function noticeRepository(handle: SqliteHandle): NoticeRepository {
  const query = createSyncQuery<NoticeTables>(handle.sqlite);
  const { build } = query;
  const all = build.selectFrom("notices").selectAll();
  const newestFirst = all.orderBy("raised_at", "desc").orderBy("id", "desc");
  // A workspace of an older program that is only read has no such table.
  const isThere = (): boolean =>
    handle.sqlite.prepare("select 1 from sqlite_master where name = 'notices'").get() !== undefined;
  const read: typeof query.all = (statement) => (isThere() ? query.all(statement) : []);
  return {
    list: (limit) => read(newestFirst.limit(limit)).map(toNotice),
    open: () => read(all.where("resolved_at", "is", null)).map(toNotice),
    unread: () => read(newestFirst.where("read_at", "is", null)).map(toNotice),
    notifiedSince: (since) =>
      read(
        build.selectFrom("notices").select("notified_at as at").distinct().where("notified_at", ">=", since),
      ).flatMap(({ at }) => (at === null ? [] : [at])),
    add({ id, kind, subject, values, raisedAt, resolvedAt, readAt, notifiedAt }) {
      query.run(
        build.insertInto("notices").values({
          id,
          kind,
          subject,
          facts: JSON.stringify(values),
          raised_at: raisedAt,
          resolved_at: resolvedAt,
          read_at: readAt,
          notified_at: notifiedAt,
        }),
      );
    },
    resolve: (id, at) => void query.run(build.updateTable("notices").set({ resolved_at: at }).where("id", "=", id)),
    setRead: (ids, at) =>
      ids.filter(
        (id) =>
          query.run(
            build
              .updateTable("notices")
              .set({ read_at: at })
              .where("id", "=", id)
              .where("read_at", at === null ? "is not" : "is", null),
          ) > 0,
      ),
    setNotified(ids, at) {
      for (const id of ids) query.run(build.updateTable("notices").set({ notified_at: at }).where("id", "=", id));
    },
    prune: (before) =>
      void query.run(build.deleteFrom("notices").where("resolved_at", "is not", null).where("raised_at", "<", before)),
  };
}

function toNotice(row: NoticeTables["notices"]): Notice {
  return {
    id: row.id,
    kind: row.kind as Notice["kind"],
    subject: row.subject,
    values: JSON.parse(row.facts) as Notice["values"],
    raisedAt: row.raised_at,
    resolvedAt: row.resolved_at,
    readAt: row.read_at,
    notifiedAt: row.notified_at,
  };
}
