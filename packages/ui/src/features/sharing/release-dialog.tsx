import type { Contract } from "@ecolocal/core/api";
import type { In, Out } from "@ecolocal/core/api/rpc";
import { AUDIENCES, SHARED_RESOLUTIONS } from "@ecolocal/core/community";
import { useState } from "react";
import { failureOf, useEngine, useEngineAction } from "../../client/index.ts";
import { Banner, Button, ChoiceList, Dialog, FailureNotice, Segmented, showToast } from "../../kit/index.ts";
import { channelName, useText } from "../../text/index.ts";
import type { SharedChannel } from "./readings-tab.tsx";
import css from "./sharing.module.css";

type Change = Out<Contract, "share.setLevel">[number];
type Level = Omit<In<Contract, "share.setLevel">, "preview">;

interface ReleaseDialogProps {
  readonly channel: SharedChannel;
  readonly onClose: () => void;
}

/** Chooses who gets the readings of a channel, and shows what that gives away before it is done. */
export function ReleaseDialog({ channel, onClose }: ReleaseDialogProps) {
  const text = useText();
  const { t } = text;
  const [audience, setAudience] = useState(channel.audience);
  const [resolution, setResolution] = useState(channel.resolution);
  const [span, setSpan] = useState<"today" | "all">(
    channel.audience !== "none" && channel.since === null ? "all" : "today",
  );
  const level: Level = { channelIds: [channel.channelId], audience, resolution, history: span === "all" };
  const preview = useEngine("share.setLevel", { ...level, preview: true }, { keepPrevious: true });
  const release = useEngineAction("share.setLevel");
  const change = preview.data?.[0];
  const save = () =>
    release.mutate(level, {
      onSuccess: ([done]) => {
        onClose();
        showToast({ text: t(doneText(done)) });
      },
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("readings.changeOf", { channel: channelName(channel, text) })}
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button
            look="primary"
            isDisabled={release.isPending || change === undefined || change.effect === "unchanged"}
            onPress={save}
          >
            {t("action.save")}
          </Button>
        </>
      }
    >
      <div className={css["stack"]}>
        <ChoiceList
          label={t("readings.who")}
          options={AUDIENCES.map((id) => ({
            id,
            label: t(`readings.audience.${id}`),
            note: t(`readings.means.${id}`),
          }))}
          value={audience}
          onChange={setAudience}
        />
        {audience !== "none" && (
          <>
            <Segmented
              label={t("readings.detail")}
              options={SHARED_RESOLUTIONS.map((id) => ({ id, label: t(`readings.detail.${id}`) }))}
              value={resolution}
              onChange={setResolution}
            />
            <Segmented
              label={t("readings.from")}
              options={(["today", "all"] as const).map((id) => ({ id, label: t(`readings.from.${id}`) }))}
              value={span}
              onChange={setSpan}
            />
          </>
        )}
        {change && <Consequence change={change} />}
        {preview.isError && <FailureNotice failure={failureOf(preview.error)} />}
        {release.isError && <FailureNotice failure={failureOf(release.error)} />}
      </div>
    </Dialog>
  );
}

function doneText(done: Change | undefined): string {
  if (done?.deletion === "done") return "readings.takenBack";
  return done?.deletion === "waiting" ? "readings.takingBack" : "readings.saved";
}

/** What others would see, and what is taken back from them. */
function Consequence({ change: { after, effect, willSend, alreadySent } }: { readonly change: Change }) {
  const text = useText();
  const { t } = text;
  const seen = t("readings.sees", {
    channel: channelName(after, text),
    sensor: after.sensorName === "" ? t("value.missing") : after.sensorName,
    place: after.place === "" ? t("value.missing") : after.place,
    count: willSend.readings,
    days: willSend.days,
  });
  return (
    <section aria-label={t("readings.others")} aria-live="polite" className={css["stack"]}>
      <p>
        <strong>{t("readings.others")}</strong>
      </p>
      <p>
        {after.audience === "none" ? t("readings.seesNothing") : effect === "unchanged" ? t("readings.seesSame") : seen}
      </p>
      {alreadySent && <Banner tone="warn">{t("readings.takesBack", { count: alreadySent.readings })}</Banner>}
    </section>
  );
}
