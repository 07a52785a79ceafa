import { roleAtLeast } from "@ecolocal/core/community";
import { useState } from "react";
import { failureOf, useNow } from "../../client/index.ts";
import { Button, FailureNotice, showToast } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { InviteDialog } from "./invite-dialog.tsx";
import { RosterCard } from "./roster-card.tsx";
import css from "./sharing.module.css";
import { type Me, useRoster, useRosterChange } from "./use-roster.ts";

/** Invitations that still let somebody in; coordinators and stewards make and withdraw them. */
export function InvitationsCard({ me }: { readonly me: Me }) {
  return roleAtLeast(me.role, "coordinator") ? <OpenInvitations me={me} /> : null;
}

function OpenInvitations({ me }: { readonly me: Me }) {
  const { t, formats } = useText();
  const now = useNow(60_000);
  const invitations = useRoster("invitation.list");
  const revoke = useRosterChange("invitation.revoke", "invitation.list");
  const [inviting, setInviting] = useState(false);
  const close = () => {
    setInviting(false);
    void invitations.refetch();
  };
  return (
    <RosterCard
      title={t("invitations.title")}
      list={invitations}
      action={
        <Button look="primary" size="s" icon="add" onPress={() => setInviting(true)}>
          {t("invite.title")}
        </Button>
      }
    >
      {(all) => {
        const open = all.filter((one) => one.revokedAt === null && one.usesLeft > 0 && one.expiresAt > now);
        return (
          <>
            {open.length === 0 && <p className={css["note"]}>{t("invitations.none")}</p>}
            <ul className={css["list"]}>
              {open.map(({ invitationId, label, role, usesLeft, expiresAt }) => (
                <li key={invitationId} className={css["entry"]}>
                  <div className={css["who"]}>
                    <strong>{label === "" ? t("invitations.noName") : label}</strong>
                    <span>
                      {t("invitations.open", {
                        role: t(`member.role.${role}`),
                        count: usesLeft,
                        day: formats.day(expiresAt),
                      })}
                    </span>
                  </div>
                  <Button
                    size="s"
                    aria-label={t("invitations.withdrawName", { name: label || t("invitations.noName") })}
                    isDisabled={revoke.isPending}
                    onPress={() =>
                      revoke.mutate(
                        { invitationId },
                        { onSuccess: () => showToast({ text: t("invitations.withdrawn") }) },
                      )
                    }
                  >
                    {t("invitations.withdraw")}
                  </Button>
                </li>
              ))}
            </ul>
            {revoke.isError && <FailureNotice failure={failureOf(revoke.error)} />}
            {inviting && <InviteDialog me={me} onClose={close} />}
          </>
        );
      }}
    </RosterCard>
  );
}
