import { type Clock, DAY_MS } from "@ecolocal/core/shared";
import type { Database } from "better-sqlite3";
import { LARGEST_LEAD_MS } from "./admission.ts";
import type { ReadingChange } from "./changes.ts";

/** Notes which days of shared channels have to be sent again; written with the readings, so that no crash forgets it. */
export interface SharedMarks {
  /** True when some channel is shared. */
  isNeeded(): boolean;
  /** Called within the transaction that changes readings. */
  mark(changes: readonly ReadingChange[]): void;
  /** Forgets which channels are shared, after that was changed. */
  forget(): void;
}

export function createSharedMarks(db: Database, clock: Clock): SharedMarks {
  const select = db.prepare<[], { channelId: string; sinceDay: number }>(
    `SELECT channel_id AS "channelId", since_day AS "sinceDay" FROM shared_channels WHERE audience != 'none'`,
  );
  const mark = db.prepare(
    `INSERT INTO shared_days (channel_id, day, changes) VALUES (?, ?, 1)
     ON CONFLICT (channel_id, day) DO UPDATE SET changes = changes + 1`,
  );
  let known: ReadonlyMap<string, number> | undefined;
  const sinceDayByChannel = (): ReadonlyMap<string, number> => {
    known ??= new Map(select.all().map(({ channelId, sinceDay }) => [channelId, sinceDay]));
    return known;
  };
  return {
    isNeeded: () => sinceDayByChannel().size > 0,
    mark(changes) {
      // A correction may say "until further notice".
      const lastDay = Math.floor((clock.now() + LARGEST_LEAD_MS) / DAY_MS);
      for (const { channelId, from, to } of changes) {
        const sinceDay = sinceDayByChannel().get(channelId);
        if (sinceDay === undefined) continue;
        const last = Math.min(lastDay, Math.floor((to - 1) / DAY_MS));
        for (let day = Math.max(sinceDay, Math.floor(from / DAY_MS)); day <= last; day++) mark.run(channelId, day);
      }
    },
    forget() {
      known = undefined;
    },
  };
}
