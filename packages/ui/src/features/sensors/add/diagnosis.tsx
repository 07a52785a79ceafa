import { failureOf, useEngine } from "../../../client/index.ts";
import { Button, Chip, copyText, FailureNotice, Skeleton, showToast } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import css from "./add.module.css";

const TONES = { ok: "good", warn: "warn", fail: "bad" } as const;

/** Why a sensor may not be in the list: what this computer says about it, one thing to do each, and a report to copy. */
export function Diagnosis() {
  const { t } = useText();
  const { data, error, isFetching, refetch } = useEngine("port.diagnose", {});
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={1} height={96} />;
  const copy = async (text: string): Promise<void> => {
    const done = await copyText(text);
    showToast(done ? { text: t("diagnosis.copied") } : { text: t("chart.copyRefused"), tone: "problem" });
  };
  const report = data.map(({ id, level, detail, hint }) => [`${level} ${id}: ${detail}`, hint].join("\n")).join("\n\n");
  return (
    <section className={css["diagnosis"]} aria-label={t("diagnosis.title")}>
      <h4>{t("diagnosis.title")}</h4>
      <ul>
        {data.map(({ id, level, detail, command }) => (
          <li key={`${id}/${detail}`}>
            <div className={css["row"]}>
              <strong>{t(`diagnosis.${id}.what`)}</strong>
              <Chip tone={TONES[level]}>{t(`diagnosis.level.${level}`)}</Chip>
            </div>
            <p>{t(`diagnosis.${id}.do`)}</p>
            {command !== null && (
              <div className={css["command"]}>
                <code>{command}</code>
                <Button size="s" icon="copy" onPress={() => void copy(command)}>
                  {t("diagnosis.copyCommand")}
                </Button>
              </div>
            )}
            <p className={css["hint"]}>{detail}</p>
          </li>
        ))}
      </ul>
      <div className={css["row"]}>
        <Button size="s" icon="refresh" isDisabled={isFetching} onPress={() => void refetch()}>
          {t("diagnosis.again")}
        </Button>
        <Button size="s" look="quiet" icon="copy" onPress={() => void copy(report)}>
          {t("diagnosis.copyReport")}
        </Button>
      </div>
    </section>
  );
}
