import type { RecommendationView } from "@ecolocal/core/api";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { failureOf, useEngineAction } from "../../client/index.ts";
import { Button, ChoiceList, Dialog, FailureNotice, NumberField, showToast, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./ideas.module.css";

type Open = "accept" | "dismissed" | "wrong" | undefined;

/** Make a plan, not now, or this is wrong: each can be taken back. */
export function IdeaDecision({ idea }: { readonly idea: RecommendationView }) {
  const { t } = useText();
  const [open, setOpen] = useState<Open>();
  const reconsider = useEngineAction("recommendation.reconsider");
  const close = () => setOpen(undefined);
  if (idea.feedback?.kind === "dismissed" || idea.feedback?.kind === "wrong") {
    return (
      <div className={css["decision"]}>
        <p className={css["muted"]}>{t("idea.turnedDown", { reason: idea.feedback.reason })}</p>
        <Button icon="undo" onPress={() => reconsider.mutate({ id: idea.id })}>
          {t("idea.reconsider")}
        </Button>
      </div>
    );
  }
  return (
    <div className={css["decision"]}>
      <Button look="primary" icon="project" onPress={() => setOpen("accept")}>
        {t("idea.accept")}
      </Button>
      <Button onPress={() => setOpen("dismissed")}>{t("idea.notNow")}</Button>
      <Button look="quiet" onPress={() => setOpen("wrong")}>
        {t("idea.wrong")}
      </Button>
      {open === "accept" && <AcceptDialog idea={idea} onClose={close} />}
      {(open === "dismissed" || open === "wrong") && <DismissDialog idea={idea} kind={open} onClose={close} />}
    </div>
  );
}

interface DialogProps {
  readonly idea: RecommendationView;
  readonly onClose: () => void;
}

function AcceptDialog({ idea, onClose }: DialogProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const [title, setTitle] = useState(idea.title);
  const [units, setUnits] = useState(idea.units);
  const accept = useEngineAction("recommendation.accept");
  const start = () =>
    accept.mutate(
      { id: idea.id, title: title.trim(), units },
      {
        onSuccess: (project) => {
          onClose();
          showToast({ text: t("idea.accepted", { title: project.title, tasks: project.tasksTotal }) });
          void navigate({ to: "/projects/$projectId", params: { projectId: project.id } });
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("idea.acceptTitle")}
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" isDisabled={title.trim() === "" || !(units > 0) || accept.isPending} onPress={start}>
            {t("idea.acceptStart")}
          </Button>
        </>
      }
    >
      <div className={css["stack"]}>
        <p>{t("idea.acceptText", { tasks: idea.taskCount })}</p>
        <TextField label={t("idea.projectName")} value={title} onChange={setTitle} maxLength={300} autoFocus />
        <NumberField
          label={t("idea.size", { unit: idea.unitName })}
          value={units}
          onChange={setUnits}
          minValue={1}
          maxValue={1_000_000}
          hint={t("idea.sizeHint")}
        />
        {accept.isError && <FailureNotice failure={failureOf(accept.error)} />}
      </div>
    </Dialog>
  );
}

const REASONS = {
  dismissed: ["cost", "people", "season", "permission", "already", "other"],
  wrong: ["measurement", "rule", "figures", "other"],
} as const;

function DismissDialog({ idea, kind, onClose }: DialogProps & { readonly kind: "dismissed" | "wrong" }) {
  const { t } = useText();
  const [reason, setReason] = useState<string | null>(null);
  const [words, setWords] = useState("");
  const dismiss = useEngineAction("recommendation.dismiss");
  const reconsider = useEngineAction("recommendation.reconsider");
  const chosen = reason === null || reason === "other" ? "" : t(`reason.${kind}.${reason}`);
  const full = [chosen, words.trim()].filter((part) => part !== "").join(" — ");
  const save = () =>
    dismiss.mutate(
      { id: idea.id, kind, reason: full },
      {
        onSuccess: () => {
          onClose();
          showToast({
            text: t(kind === "wrong" ? "idea.markedWrong" : "idea.dismissed", { title: idea.title }),
            undo: () => reconsider.mutate({ id: idea.id }),
            redo: () => dismiss.mutate({ id: idea.id, kind, reason: full }),
          });
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={kind === "wrong" ? t("idea.wrongTitle") : t("idea.notNowTitle")}
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" isDisabled={full === "" || dismiss.isPending} onPress={save}>
            {t("action.save")}
          </Button>
        </>
      }
    >
      <div className={css["stack"]}>
        <p className={css["muted"]}>{kind === "wrong" ? t("idea.wrongText") : t("idea.notNowText")}</p>
        <ChoiceList
          label={t("idea.reason")}
          options={REASONS[kind].map((id) => ({ id, label: t(`reason.${kind}.${id}`) }))}
          value={reason}
          onChange={setReason}
        />
        <TextField label={t("idea.inYourWords")} value={words} onChange={setWords} maxLength={2000} multiline />
        {dismiss.isError && <FailureNotice failure={failureOf(dismiss.error)} />}
      </div>
    </Dialog>
  );
}
