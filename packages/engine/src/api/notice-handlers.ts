import type { NoticeStateView, NoticeView } from "@ecolocal/core/api";
import { isQuiet, type Notice } from "@ecolocal/core/notice";
import { ok, SECOND_MS } from "@ecolocal/core/shared";
import { NOTICE_SETTINGS_KEY, type NoticeWatch } from "../notices/index.ts";
import { pause, type Store } from "../store/index.ts";
import type { HandlersOf } from "./services.ts";

/** How soon quiet hours that end are noticed. */
const LOOK_EVERY_MS = 5 * SECOND_MS;
const ALL = 100_000;

interface Noticing {
  readonly store: Store;
  readonly noticing: NoticeWatch;
}

export function noticeHandlers({ store, noticing }: Noticing): HandlersOf<"notice"> {
  const settings = () => {
    const { quiet, muted } = noticing.settings();
    return { quiet: quiet && { ...quiet }, muted: [...muted] };
  };
  return {
    "notice.list": ({ unread, open, limit }) =>
      ok(
        store.notices
          .list(unread || open ? ALL : limit)
          .filter(({ readAt, resolvedAt }) => !(unread && readAt !== null) && !(open && resolvedAt !== null))
          .slice(0, limit)
          .map(viewNotice),
      ),
    "notice.watch": ({ notify }, { signal }) => watch({ store, noticing }, notify, signal as AbortSignal),
    "notice.markRead": ({ ids, read }) => {
      const chosen = ids ?? (read ? store.notices.unread() : store.notices.list(ALL)).map(({ id }) => id);
      const marked = store.db.write("notice.markRead", "", () =>
        store.notices.setRead(chosen, read ? store.clock.now() : null),
      );
      if (!marked.ok) return marked;
      if (marked.value.length > 0) store.changes.notify("notices");
      return ok({ changed: marked.value });
    },
    "notice.settings": () => ok(settings()),
    "notice.configure": (change) => {
      const next = {
        ...settings(),
        ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
      };
      const kept = store.db.write("notice.configure", "", () => store.settings.set(NOTICE_SETTINGS_KEY, next));
      if (!kept.ok) return kept;
      store.changes.notify("notices");
      return ok(settings());
    },
  };
}

async function* watch(
  { store, noticing }: Noticing,
  notify: boolean,
  signal: AbortSignal,
): AsyncGenerator<NoticeStateView, void> {
  let told = "";
  while (!signal.aborted) {
    const due = notify ? noticing.takeDue() : [];
    const state = {
      unread: store.notices.unread().length,
      open: store.notices.open().length,
      quiet: isQuiet(noticing.settings().quiet, store.settings.workspaceInfo().timeZone, store.clock.now()),
    };
    if (due.length > 0 || JSON.stringify(state) !== told) {
      told = JSON.stringify(state);
      yield { ...state, due: due.map(viewNotice) };
    }
    await nextLook(store, signal);
  }
}

/** Waits until notices change, or a little while. */
async function nextLook(store: Store, signal: AbortSignal): Promise<void> {
  const waiting = new AbortController();
  const stop = store.changes.onNotify((topics) => {
    if (topics.includes("notices")) waiting.abort();
  });
  await pause(LOOK_EVERY_MS, AbortSignal.any([signal, waiting.signal]));
  stop();
}

function viewNotice({ id, kind, subject, values, raisedAt, resolvedAt, readAt }: Notice): NoticeView {
  return { id, kind, subject, values: { ...values }, raisedAt, resolvedAt, readAt };
}
