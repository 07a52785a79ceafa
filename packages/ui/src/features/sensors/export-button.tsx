import type { ChannelView } from "@ecolocal/core/api";
import { useRef, useState } from "react";
import { type EngineClient, failureOf, useClient } from "../../client/index.ts";
import { Button, Menu, saveFile, showToast } from "../../kit/index.ts";
import { failureSentence, useText } from "../../text/index.ts";

interface ExportButtonProps {
  readonly channel: ChannelView;
  readonly from: number;
  readonly to: number;
}

const KINDS = {
  csv: "text/csv",
  ndjson: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
} as const;
type Kind = keyof typeof KINDS;

/** Saves every reading of the shown range as the engine exports it: UTC and local time, value, unit, quality. */
export function ExportButton({ channel, from, to }: ExportButtonProps) {
  const { t, formatter } = useText();
  const client = useClient();
  const stopping = useRef<AbortController>(undefined);
  const [busy, setBusy] = useState(false);
  const run = async (kind: Kind) => {
    const stop = new AbortController();
    stopping.current = stop;
    setBusy(true);
    try {
      const query = { channelIds: [channel.id], from, to };
      const { pieces, rows } = await collect(client, kind, query, stop.signal);
      saveFile(`${channel.sensorName} ${channel.quantity}.${kind}`, pieces, KINDS[kind]);
      showToast({ text: t("export.done", { rows }) });
    } catch (error) {
      if (!stop.signal.aborted) showToast({ text: failureSentence(failureOf(error), formatter), tone: "problem" });
    } finally {
      setBusy(false);
    }
  };
  if (busy) {
    return (
      <Button size="s" look="quiet" icon="busy" onPress={() => stopping.current?.abort()}>
        {t("action.cancel")}
      </Button>
    );
  }
  return (
    <Menu
      label={t("export.readings")}
      trigger={
        <Button size="s" look="quiet" icon="download">
          {t("export.readings")}
        </Button>
      }
      entries={(Object.keys(KINDS) as Kind[]).map((id) => ({ id, label: t(`export.${id}`) }))}
      onAction={(id) => void run(id as Kind)}
    />
  );
}

async function collect(
  client: EngineClient,
  kind: Kind,
  query: { readonly channelIds: string[]; readonly from: number; readonly to: number },
  signal: AbortSignal,
) {
  const chunks =
    kind === "parquet"
      ? client.stream("data.exportParquet", query, { signal })
      : client.stream("data.export", { ...query, format: kind }, { signal });
  const pieces: (string | Uint8Array<ArrayBuffer>)[] = [];
  let rows = 0;
  for await (const chunk of chunks) {
    pieces.push("text" in chunk ? chunk.text : chunk.bytes);
    rows += chunk.rows;
  }
  return { pieces, rows };
}
