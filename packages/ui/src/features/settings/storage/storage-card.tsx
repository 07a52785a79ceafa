import type { ChannelView, RetentionPolicies, StorageView, WorkspaceStatus } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useEngine, useEngineAction } from "../../../client/index.ts";
import { Button, DataTable, FailureNotice, Segmented, Skeleton } from "../../../kit/index.ts";
import { channelName, useText } from "../../../text/index.ts";
import settings from "../settings.module.css";
import { StatusCard } from "../status-card.tsx";
import { CheckSection } from "./check-section.tsx";
import { keepLabel } from "./keep-label.ts";
import { RetentionDialog } from "./retention-dialog.tsx";
import css from "./storage.module.css";

/** How much room the readings take, how long they are kept, and whether they are whole. */
export function StorageCard() {
  const { t } = useText();
  return (
    <div className={settings["wide"]}>
      <StatusCard id="storage" title={t("storage.title")} note={t("storage.note")}>
        {(status) => <Storage key={status.workspaceId} status={status} />}
      </StatusCard>
    </div>
  );
}

function Storage({ status }: { readonly status: WorkspaceStatus }) {
  const { t, formats } = useText();
  const storage = useEngine("data.storage", {});
  const policies = useEngine("data.retentionPolicies", {});
  const channels = useEngine("channel.list", {});
  const error = storage.error ?? policies.error ?? channels.error;
  if (error) return <FailureNotice failure={failureOf(error)} />;
  if (!storage.data || !policies.data || !channels.data) return <Skeleton rows={1} height={160} />;
  const isLocked = status.mode === "read-only";
  const { bytes, bytesPerYear } = storage.data;
  return (
    <div className={settings["fields"]}>
      <p>{t("storage.sentence", { bytes: formats.bytes(bytes), perYear: formats.bytes(bytesPerYear) })}</p>
      <Channels storage={storage.data} policies={policies.data} channels={channels.data} isLocked={isLocked} />
      {!isLocked && <Compression paused={storage.data.compressionPaused} />}
      <CheckSection isLocked={isLocked} />
    </div>
  );
}

interface ChannelsProps {
  readonly storage: StorageView;
  readonly policies: RetentionPolicies;
  readonly channels: readonly ChannelView[];
  readonly isLocked: boolean;
}

function Channels({ storage, policies, channels, isLocked }: ChannelsProps) {
  const text = useText();
  const { t, formats } = text;
  const [changing, setChanging] = useState<ChannelView | "workspace">();
  const own = channels.filter(({ owner }) => owner === undefined);
  const rows = own.map((channel) => ({
    channel,
    ...storage.channels.find(({ channelId }) => channelId === channel.id),
  }));
  const policyOf = (channel: ChannelView) => policies.channels.find(({ channelId }) => channelId === channel.id);
  const nameOf = (channel: ChannelView) =>
    [channelName(channel, text), channel.sensorName || channel.place].filter((part) => part !== "").join(" · ");
  const { lastRun } = policies;
  return (
    <>
      <div className={css["policy"]}>
        <p>
          {t("storage.keptFor", { duration: keepLabel(policies.keepDays, text) })}
          {lastRun !== null &&
            ` ${t("storage.lastRun", { time: formats.dateTime(lastRun.at), readings: lastRun.readings, kept: lastRun.kept })}`}
        </p>
        <Button size="s" isDisabled={isLocked} onPress={() => setChanging("workspace")}>
          {t("storage.change")}
        </Button>
      </div>
      <DataTable
        caption={t("storage.table")}
        rows={rows}
        rowKey={({ channel }) => channel.id}
        columns={[
          { id: "name", title: t("storage.column.value"), cell: ({ channel }) => nameOf(channel) },
          {
            id: "readings",
            title: t("storage.column.readings"),
            numeric: true,
            cell: ({ readings = 0 }) => formats.number(readings, 0),
          },
          {
            id: "bytes",
            title: t("storage.column.size"),
            numeric: true,
            cell: ({ bytes = 0 }) => formats.bytes(bytes),
          },
          {
            id: "year",
            title: t("storage.column.year"),
            numeric: true,
            cell: ({ bytesPerYear = 0 }) => formats.bytes(bytesPerYear),
          },
          {
            id: "keep",
            title: t("storage.column.kept"),
            cell: ({ channel }) => {
              const policy = policyOf(channel);
              const kept = keepLabel(policy === undefined ? policies.keepDays : policy.keepDays, text);
              return (
                <Button
                  size="s"
                  look="quiet"
                  isDisabled={isLocked}
                  aria-label={t("storage.changeOf", { kept, name: nameOf(channel) })}
                  onPress={() => setChanging(channel)}
                >
                  {kept}
                </Button>
              );
            },
          },
        ]}
      />
      {changing !== undefined && (
        <RetentionDialog
          channel={changing === "workspace" ? null : { id: changing.id, name: nameOf(changing) }}
          now={nowOf(changing, policies)}
          workspaceDays={policies.keepDays}
          channelIds={
            changing === "workspace" ? own.filter((one) => !policyOf(one)).map(({ id }) => id) : [changing.id]
          }
          onClose={() => setChanging(undefined)}
        />
      )}
    </>
  );
}

function nowOf(changing: ChannelView | "workspace", { keepDays, channels }: RetentionPolicies) {
  if (changing === "workspace") return keepDays;
  const own = channels.find(({ channelId }) => channelId === changing.id);
  return own === undefined ? "workspace" : own.keepDays;
}

function Compression({ paused }: { readonly paused: boolean }) {
  const { t } = useText();
  const pause = useEngineAction("data.pauseCompression");
  return (
    <>
      <Segmented
        label={t("storage.compression")}
        options={[
          { id: "on", label: t("storage.compressionOn") },
          { id: "off", label: t("storage.compressionOff") },
        ]}
        value={paused ? "off" : "on"}
        onChange={(choice) => pause.mutate({ paused: choice === "off" })}
      />
      {pause.isError && <FailureNotice failure={failureOf(pause.error)} />}
    </>
  );
}
