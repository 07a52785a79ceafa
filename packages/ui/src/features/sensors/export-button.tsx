import type { ChannelView } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useClient } from "../../client/index.ts";
import { Button, saveFile, showToast } from "../../kit/index.ts";
import { failureSentence, useText } from "../../text/index.ts";

interface ExportButtonProps {
  readonly channel: ChannelView;
  readonly from: number;
  readonly to: number;
}

/** Saves every reading of the shown range as the engine exports it: UTC and local time, value, unit, quality. */
export function ExportButton({ channel, from, to }: ExportButtonProps) {
  const { t, formatter } = useText();
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      const pieces: string[] = [];
      let rows = 0;
      const query = { channelIds: [channel.id], from, to, format: "csv" as const };
      for await (const chunk of client.stream("data.export", query)) {
        pieces.push(chunk.text);
        rows += chunk.rows;
      }
      saveFile(`${channel.sensorName} ${channel.quantity}.csv`, pieces, "text/csv");
      showToast({ text: t("export.done", { rows }) });
    } catch (error) {
      showToast({ text: failureSentence(failureOf(error), formatter), tone: "problem" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="s" look="quiet" icon="download" isDisabled={busy} onPress={() => void run()}>
      {t("export.readings")}
    </Button>
  );
}
