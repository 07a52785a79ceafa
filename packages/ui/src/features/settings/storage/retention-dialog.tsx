import type { RetentionReport } from "@ecolocal/core/api";
import { DAY_MS, type Ulid } from "@ecolocal/core/shared";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { failureOf, useClient, useEngineAction } from "../../../client/index.ts";
import { Button, Dialog, FailureNotice, Select, showToast } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import { keepLabel, YEAR_DAYS } from "./keep-label.ts";
import css from "./storage.module.css";

interface RetentionDialogProps {
  /** Null for the workspace. */
  readonly channel: { readonly id: Ulid; readonly name: string } | null;
  /** What holds now; `workspace` where a channel has nothing of its own. */
  readonly now: number | null | "workspace";
  /** What the workspace says. */
  readonly workspaceDays: number | null;
  /** Own channels that the choice is about. */
  readonly channelIds: readonly Ulid[];
  readonly onClose: () => void;
}

const YEARS = [1, 2, 3, 5, 10] as const;
type Choice = "workspace" | "forever" | `${number}`;

/** Chooses how long readings are kept, after showing what that would let go. */
export function RetentionDialog({ channel, now, workspaceDays, channelIds, onClose }: RetentionDialogProps) {
  const text = useText();
  const { t } = text;
  const set = useEngineAction("data.setRetention");
  const [choice, setChoice] = useState<Choice>(toChoice(now));
  const kept = fromChoice(choice);
  const days = kept === "workspace" ? workspaceDays : kept;
  const choices: readonly Choice[] = [
    ...(channel === null ? [] : (["workspace"] as const)),
    "forever",
    ...new Set([...YEARS.map((years): Choice => `${Math.ceil(years * YEAR_DAYS)}`), ...own(toChoice(now))]),
  ];
  const save = () => {
    const to = (keepDays: typeof now) => ({ channelId: channel?.id ?? null, keepDays });
    set.mutate(to(kept), {
      onSuccess: () => {
        onClose();
        showToast({
          text: t("storage.kept"),
          undo: () => set.mutate(to(now)),
          redo: () => set.mutate(to(kept)),
        });
      },
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={channel === null ? t("storage.keepTitle") : t("storage.keepTitleOf", { name: channel.name })}
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" isDisabled={set.isPending} onPress={save}>
            {t("action.save")}
          </Button>
        </>
      }
    >
      <div className={css["check"]}>
        <Select
          label={t("storage.keep")}
          hint={t("storage.keepHint")}
          options={choices.map((id) => ({
            id,
            label: id === "workspace" ? t("storage.likeWorkspace") : keepLabel(fromChoice(id) as number | null, text),
          }))}
          value={choice}
          onChange={setChoice}
        />
        {days !== null && <Preview channelIds={channelIds} days={days} />}
        {set.isError && <FailureNotice failure={failureOf(set.error)} />}
      </div>
    </Dialog>
  );
}

function Preview({ channelIds, days }: { readonly channelIds: readonly Ulid[]; readonly days: number }) {
  const { t, formats } = useText();
  const client = useClient();
  const { data, error } = useQuery({
    queryKey: ["data.retention", channelIds, days],
    queryFn: async ({ signal }) => {
      const reports: RetentionReport[] = [];
      const before = Date.now() - days * DAY_MS;
      for (const channelId of channelIds) {
        reports.push(await client.call("data.retention", { channelId, before, apply: false }, { signal }));
      }
      return reports;
    },
  });
  if (error) return <FailureNotice failure={failureOf(error)} />;
  if (data === undefined) return <p role="status">{t("storage.counting")}</p>;
  const sum = (count: (report: RetentionReport) => number) => data.reduce((all, report) => all + count(report), 0);
  const kept = (reason: "quoted" | "unshared") =>
    sum((report) => report.kept.find((one) => one.reason === reason)?.readings ?? 0);
  return (
    <div role="status">
      <p>
        {t("storage.wouldGo", { readings: sum((one) => one.readings), bytes: formats.bytes(sum((one) => one.bytes)) })}
      </p>
      {kept("quoted") > 0 && <p>{t("storage.quoted", { readings: kept("quoted") })}</p>}
      {kept("unshared") > 0 && <p>{t("storage.unshared", { readings: kept("unshared") })}</p>}
    </div>
  );
}

function toChoice(keepDays: number | null | "workspace"): Choice {
  return keepDays === null ? "forever" : keepDays === "workspace" ? keepDays : `${keepDays}`;
}

function fromChoice(choice: Choice): number | null | "workspace" {
  return choice === "forever" ? null : choice === "workspace" ? choice : Number(choice);
}

/** A limit that was set elsewhere stays a choice. */
function own(choice: Choice): Choice[] {
  return choice === "workspace" || choice === "forever" ? [] : [choice];
}
