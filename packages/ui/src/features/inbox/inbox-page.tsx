import type { NoticeView } from "@ecolocal/core/api";
import { failureOf, useEngine, useEngineAction } from "../../client/index.ts";
import {
  Button,
  Card,
  Chip,
  EmptyState,
  FailureNotice,
  LinkButton,
  Page,
  Skeleton,
  showToast,
} from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./inbox.module.css";
import { byDay, noticeSentence } from "./notice-words.ts";

/** What happened without anybody asking, newest first. */
export function InboxPage() {
  const { t, formats } = useText();
  const { data, error, refetch } = useEngine("notice.list", {});
  const mark = useMarkRead();
  const unread = data?.some(({ readAt }) => readAt === null) ?? false;
  return (
    <Page
      title={t("inbox.title")}
      actions={
        unread ? (
          <Button icon="check" onPress={() => mark()}>
            {t("inbox.markAll")}
          </Button>
        ) : undefined
      }
    >
      {data === undefined && !error && <Skeleton rows={3} height={56} />}
      {error && <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />}
      {data?.length === 0 && <EmptyState icon="bell" title={t("inbox.emptyTitle")} text={t("inbox.emptyText")} />}
      {data &&
        byDay(data, formats.day).map(({ day, notices }) => (
          <section key={day} aria-label={day}>
            <h2 className={css["day"]}>{day}</h2>
            <Card as="div">
              <ul className={css["list"]}>
                {notices.map((notice) => (
                  <NoticeRow key={notice.id} notice={notice} onRead={() => mark([notice.id])} />
                ))}
              </ul>
            </Card>
          </section>
        ))}
    </Page>
  );
}

function NoticeRow({ notice, onRead }: { readonly notice: NoticeView; readonly onRead: () => void }) {
  const text = useText();
  const { t, formats } = text;
  const { raisedAt, resolvedAt, readAt } = notice;
  const state =
    resolvedAt === null
      ? t("inbox.goesOn")
      : resolvedAt > raisedAt
        ? t("inbox.over", { time: formats.dateTime(resolvedAt) })
        : undefined;
  return (
    <li className={css["row"]}>
      <div className={css["said"]}>
        <p className={css["sentence"]} data-unread={readAt === null || undefined}>
          {noticeSentence(notice, text)}
        </p>
        <p className={css["muted"]}>
          {readAt === null && <Chip tone="info">{t("inbox.unread")}</Chip>}
          <time dateTime={new Date(raisedAt).toISOString()}>{formats.time(raisedAt)}</time>
          {state && <span>{state}</span>}
        </p>
      </div>
      <div className={css["actions"]}>
        <See notice={notice} />
        {readAt === null && (
          <Button size="s" look="quiet" icon="check" onPress={onRead}>
            {t("inbox.markRead")}
          </Button>
        )}
      </div>
    </li>
  );
}

/** The way to what a notice is about. */
function See({ notice: { kind, subject, values } }: { readonly notice: NoticeView }) {
  const { t } = useText();
  if (kind === "sensor_late" || kind === "sensor_disconnected" || kind === "sensor_returned") {
    return (
      <LinkButton to="/sensors/$sensorId" params={{ sensorId: subject }} size="s" icon="sensor">
        {t("inbox.see.sensor")}
      </LinkButton>
    );
  }
  if (kind === "idea_new") {
    return (
      <LinkButton to="/ideas/$ideaId" params={{ ideaId: subject }} size="s" icon="idea">
        {t("inbox.see.idea")}
      </LinkButton>
    );
  }
  if (kind === "task_overdue") {
    return (
      <LinkButton to="/projects/$projectId" params={{ projectId: String(values["projectId"]) }} size="s" icon="project">
        {t("inbox.see.project")}
      </LinkButton>
    );
  }
  return (
    <LinkButton to="/settings" size="s" icon="settings">
      {t("inbox.see.settings")}
    </LinkButton>
  );
}

/** Marks some notices, or all, as read; the toast takes it back. */
function useMarkRead(): (ids?: string[]) => void {
  const { t } = useText();
  const { mutate } = useEngineAction("notice.markRead");
  return (ids) =>
    mutate(ids === undefined ? {} : { ids }, {
      onSuccess: ({ changed }) =>
        showToast({
          text: t("inbox.marked", { count: changed.length }),
          undo: () => mutate({ ids: changed, read: false }),
          redo: () => mutate({ ids: changed }),
        }),
    });
}
