import { useEngine } from "../../../client/index.ts";
import { Button, FailureNotice, RunningWork } from "../../../kit/index.ts";
import { channelName, useText } from "../../../text/index.ts";
import { useCheckRun } from "./check-run.ts";
import css from "./storage.module.css";

/** Whether every reading is what was written: checked on request, with what was found. */
export function CheckSection({ isLocked }: { readonly isLocked: boolean }) {
  const { t, formats } = useText();
  const run = useCheckRun();
  const { progress, report } = run;
  const share = progress === null || progress.total === 0 ? 0 : progress.done / progress.total;
  const damaged = report?.damage.filter(({ repaired }) => !repaired) ?? [];
  return (
    <div className={css["check"]}>
      {progress === null ? (
        <div>
          <Button icon="check" onPress={() => run.start(false)}>
            {t("storage.check")}
          </Button>
        </div>
      ) : (
        <RunningWork
          label={t("storage.checking", { share: formats.percent(share) })}
          share={share}
          onCancel={run.cancel}
        />
      )}
      {run.failure && <FailureNotice failure={run.failure} />}
      {report && damaged.length === 0 && (
        <p role="status">{t("storage.whole", { readings: report.readings + report.unsealed })}</p>
      )}
      {damaged.length > 0 && (
        <div role="alert" className={css["check"]}>
          <p>{t("storage.damaged", { count: damaged.length })}</p>
          <ul>
            {damaged.map((one) => (
              <Damage key={`${one.channelId} ${one.from}`} {...one} />
            ))}
          </ul>
          {!isLocked && damaged.some(({ code }) => code === "READINGS_ROLLUP_DAMAGED") && (
            <div>
              <Button onPress={() => run.start(true)}>{t("storage.repair")}</Button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}

interface DamageProps {
  readonly channelId: string;
  readonly from: number;
  readonly to: number;
  readonly code: string;
}

function Damage({ channelId, from, to, code }: DamageProps) {
  const text = useText();
  const { data } = useEngine("channel.list", {});
  const channel = data?.find(({ id }) => id === channelId);
  const name = channel === undefined ? channelId : channelName(channel, text);
  const span = { from: text.formats.dateTime(from), to: text.formats.dateTime(to) };
  return <li>{text.t("storage.damage", { name, ...span, code })}</li>;
}
