import type { Contract } from "@ecolocal/core/api";
import type { Out } from "@ecolocal/core/api/rpc";
import { ROLES } from "@ecolocal/core/community";
import { useState } from "react";
import { failureOf } from "../../client/index.ts";
import { FailureNotice, IconButton, Select, showToast } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { RosterCard } from "./roster-card.tsx";
import css from "./sharing.module.css";
import { type Me, useRoster, useRosterChange } from "./use-roster.ts";

type Member = Out<Contract, "member.list">[number];

/** Everyone of the group with what they may do; stewards change that and remove people. */
export function MembersCard({ me }: { readonly me: Me }) {
  const { t } = useText();
  const members = useRoster("member.list");
  const setRole = useRosterChange("member.setRole", "member.list");
  const [leaving, setLeaving] = useState<Member | null>(null);
  return (
    <RosterCard title={t("members.title")} list={members}>
      {(entries) => (
        <>
          <ul className={css["list"]}>
            {entries.map((member) => (
              <MemberRow
                key={member.userId}
                member={member}
                mayChange={me.role === "steward"}
                onRole={(role) =>
                  setRole.mutate(
                    { userId: member.userId, role },
                    {
                      onSuccess: () =>
                        showToast({
                          text: t("members.roleSaved", { name: member.name, role: t(`member.role.${role}`) }),
                          undo: () => setRole.mutate({ userId: member.userId, role: member.role }),
                        }),
                    },
                  )
                }
                onRemove={() => setLeaving(member)}
              />
            ))}
          </ul>
          {setRole.isError && <FailureNotice failure={failureOf(setRole.error)} />}
          {leaving && <RemoveMember member={leaving} onClose={() => setLeaving(null)} />}
        </>
      )}
    </RosterCard>
  );
}

interface MemberRowProps {
  readonly member: Member;
  readonly mayChange: boolean;
  readonly onRole: (role: Member["role"]) => void;
  readonly onRemove: () => void;
}

function MemberRow({ member, mayChange, onRole, onRemove }: MemberRowProps) {
  const { t, formats } = useText();
  const { name, role, joinedAt, isMe } = member;
  return (
    <li className={css["entry"]}>
      <div className={css["who"]}>
        <strong>{isMe ? t("members.me", { name }) : name}</strong>
        <span>{t("members.since", { role: t(`member.role.${role}`), day: formats.day(joinedAt) })}</span>
        <span>{t(`roles.${role}`)}</span>
      </div>
      {mayChange && (
        <Select
          label={t("members.role", { name })}
          labelHidden
          options={ROLES.map((id) => ({ id, label: t(`member.role.${id}`), note: t(`roles.${id}`) }))}
          value={role}
          onChange={(next) => next !== role && onRole(next)}
        />
      )}
      {mayChange && !isMe && <IconButton icon="remove" label={t("members.remove", { name })} onPress={onRemove} />}
    </li>
  );
}

function RemoveMember({
  member: { userId, name },
  onClose,
}: {
  readonly member: Member;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const remove = useRosterChange("member.remove", "member.list");
  return (
    <ConfirmDialog
      title={t("members.remove", { name })}
      text={t("members.removeText", { name })}
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { userId },
          {
            onSuccess: () => {
              onClose();
              showToast({ text: t("members.removed", { name }) });
            },
          },
        )
      }
    />
  );
}
