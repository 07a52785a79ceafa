import {
  Banner,
  Card,
  Dots,
  EmptyState,
  FailureNotice,
  type IconName,
  Progress,
  Skeleton,
  VerificationMark,
} from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./kit.module.css";

const REASONS: readonly (readonly [string, IconName])[] = [
  ["nothing", "sensor"],
  ["filtered", "search"],
  ["error", "error"],
  ["forbidden", "blocked"],
  ["offline", "offline"],
];

/** The five kinds of empty, failures, banners, waiting, progress and marks. */
export function KitStates() {
  const { t } = useText();
  return (
    <div className={css["grid"]}>
      {REASONS.map(([reason, icon]) => (
        <EmptyState key={reason} icon={icon} title={t(`kit.empty.${reason}`)} text={t("kit.prose")} />
      ))}
      <Skeleton rows={1} height={120} />
      <FailureNotice
        failure={{
          code: "SENSING_PORT_SILENT",
          op: "read",
          subject: "USB 2",
          detail: "no bytes for 15 s",
          retry: "backoff",
        }}
        onRetry={() => undefined}
      />
      <Card>
        <div className={css["stack"]}>
          {(["info", "warn", "danger", "demo"] as const).map((tone) => (
            <Banner key={tone} tone={tone}>
              {t("kit.prose")}
            </Banner>
          ))}
          <Progress value={3} max={14} label={t("idea.progress", { have: 3, need: 14 })} />
          <div className={css["row"]}>
            {[1, 2, 3].map((effort) => (
              <Dots key={effort} value={effort} max={3} label={t(`effort.${effort}`)} />
            ))}
            {(["V", "S", "D", "U", "A"] as const).map((mark) => (
              <VerificationMark key={mark} mark={mark} />
            ))}
          </div>
        </div>
      </Card>
    </div>
  );
}
