import { type MemberRole, mayGrant, ROLES } from "@ecolocal/core/community";
import { useState } from "react";
import { failureOf, useEngineAction } from "../../client/index.ts";
import {
  Button,
  ChoiceList,
  copyText,
  Dialog,
  FailureNotice,
  NumberField,
  QrCode,
  showToast,
  TextField,
} from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./sharing.module.css";
import type { Me } from "./use-roster.ts";

interface InviteDialogProps {
  readonly me: Me;
  readonly onClose: () => void;
}

/** Asks what an invitation is for, then shows its link once, to be copied or read from the screen. */
export function InviteDialog({ me, onClose }: InviteDialogProps) {
  const { t } = useText();
  const invite = useEngineAction("sync.invite");
  const [role, setRole] = useState<MemberRole>("member");
  const [label, setLabel] = useState("");
  const [uses, setUses] = useState(1);
  const [validForDays, setDays] = useState(7);
  const go = () => invite.mutate({ role, label: label.trim(), uses: uses || 1, validForDays: validForDays || 7 });
  const isMade = invite.data !== undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("invite.title")}
      footer={
        <>
          {!isMade && <Button onPress={onClose}>{t("action.cancel")}</Button>}
          <Button look="primary" isDisabled={invite.isPending} onPress={isMade ? onClose : go}>
            {t(isMade ? "invite.done" : "invite.go")}
          </Button>
        </>
      }
    >
      {isMade ? (
        <ShownLink link={invite.data.link} />
      ) : (
        <div className={css["stack"]}>
          <ChoiceList
            label={t("invite.role")}
            options={ROLES.filter((id) => mayGrant(me.role, id)).map((id) => ({
              id,
              label: t(`member.role.${id}`),
              note: t(`roles.${id}`),
            }))}
            value={role}
            onChange={setRole}
          />
          <TextField
            label={t("invite.label")}
            hint={t("invite.labelHint")}
            value={label}
            onChange={setLabel}
            maxLength={120}
          />
          <NumberField label={t("invite.uses")} value={uses} onChange={setUses} minValue={1} maxValue={500} />
          <NumberField label={t("invite.days")} value={validForDays} onChange={setDays} minValue={1} maxValue={90} />
          {invite.isError && <FailureNotice failure={failureOf(invite.error)} />}
        </div>
      )}
    </Dialog>
  );
}

function ShownLink({ link }: { readonly link: string }) {
  const { t } = useText();
  const copy = async (): Promise<void> => {
    const isDone = await copyText(link);
    showToast(isDone ? { text: t("invite.copied") } : { text: t("chart.copyRefused"), tone: "problem" });
  };
  return (
    <div className={css["stack"]}>
      <p>{t("invite.once")}</p>
      <code className={css["link"]}>{link}</code>
      <div>
        <Button icon="copy" onPress={() => void copy()}>
          {t("invite.copy")}
        </Button>
      </div>
      <QrCode text={link} label={t("invite.qr")} />
    </div>
  );
}
