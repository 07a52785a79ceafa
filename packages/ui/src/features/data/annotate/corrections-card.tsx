import type { AnnotationView, ChannelView } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useEngine } from "../../../client/index.ts";
import { Button, Card, Chip, FailureNotice } from "../../../kit/index.ts";
import { channelName, useText } from "../../../text/index.ts";
import css from "./annotate.module.css";
import { StretchDialog } from "./stretch-dialog.tsx";
import { useAnnotate } from "./use-annotations.ts";

interface CorrectionsCardProps {
  readonly channels: readonly ChannelView[];
  readonly annotations: readonly AnnotationView[];
  /** The shown span, where a new correction begins. */
  readonly from: number;
  readonly to: number;
}

/** Which stretches of the shown values are left out or adjusted, the way to take that back, and to add one. */
export function CorrectionsCard({ channels, annotations, from, to }: CorrectionsCardProps) {
  const { t } = useText();
  const [adding, setAdding] = useState(false);
  const { data: status } = useEngine("workspace.status", {});
  const { setHolds, pending, error } = useAnnotate();
  const own = channels.filter(({ owner }) => owner === undefined);
  const isLocked = status?.mode === "read-only";
  if (own.length === 0) return null;
  return (
    <Card label={t("correct.title")}>
      <div className={css["head"]}>
        <h2 className={css["title"]}>{t("correct.title")}</h2>
        {!isLocked && (
          <Button size="s" icon="edit" onPress={() => setAdding(true)}>
            {t("correct.open")}
          </Button>
        )}
      </div>
      {annotations.length === 0 ? (
        <p className={css["note"]}>{t("correct.none")}</p>
      ) : (
        <ul className={css["list"]}>
          {[...annotations].reverse().map((one) => (
            <Correction
              key={one.id}
              annotation={one}
              channel={channels.find(({ id }) => id === one.channelId)}
              {...(isLocked || pending ? {} : { onChange: () => setHolds(one.id, one.undoneAt !== null) })}
            />
          ))}
        </ul>
      )}
      {error && <FailureNotice failure={failureOf(error)} />}
      {adding && <StretchDialog channels={own} from={from} to={to} onClose={() => setAdding(false)} />}
    </Card>
  );
}

interface CorrectionProps {
  readonly annotation: AnnotationView;
  readonly channel: ChannelView | undefined;
  /** Takes it back, or makes it hold again; left out where that cannot be done now. */
  readonly onChange?: () => void;
}

function Correction({ annotation, channel, onChange }: CorrectionProps) {
  const text = useText();
  const { t, formats } = text;
  const { kind, from, to, factor, offset, reason, undoneAt } = annotation;
  if (channel === undefined) return null;
  const holds = undoneAt === null;
  const words = t(`correct.line.${kind}`, {
    name: channelName(channel, text),
    from: formats.dateTime(from),
    to: formats.dateTime(to),
    factor: formats.number(factor, 6),
    offset: formats.difference(offset, channel.quantity),
  });
  return (
    <li>
      <div className={css["words"]}>
        <strong>{words}</strong>
        <p className={css["note"]}>{reason}</p>
        {!holds && <Chip tone="plain">{t("correct.back")}</Chip>}
      </div>
      <Button
        size="s"
        icon={holds ? "undo" : "redo"}
        aria-label={`${t(holds ? "correct.takeBack" : "correct.again")}: ${words}`}
        isDisabled={onChange === undefined}
        {...(onChange === undefined ? {} : { onPress: onChange })}
      >
        {t(holds ? "correct.takeBack" : "correct.again")}
      </Button>
    </li>
  );
}
