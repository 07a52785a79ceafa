import type { InvitationPreview } from "@ecolocal/core/api";
import { useState } from "react";
import { useEngineAction, useWorkspaceChange } from "../../client/index.ts";
import { Card, Fact, FactList, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { AskForm } from "./ask-form.tsx";
import { UserNameField } from "./user-name-field.tsx";

/** Joins with a new workspace that is made for the group. */
export function JoinForm() {
  const look = useEngineAction("workspace.invitation");
  const join = useWorkspaceChange("workspace.join");
  const submit = (link: string, userName: string) => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    join.mutate({ link, userName, timeZone, locale: navigator.language });
  };
  return <InvitationForm look={look} joining={join.isPending} error={join.error} onJoin={submit} autoFocus />;
}

interface InvitationFormProps {
  /** Asks the server what the invitation offers. */
  readonly look: {
    readonly data: InvitationPreview | undefined;
    readonly error: Error | null;
    readonly isPending: boolean;
    mutate(input: { readonly link: string }): void;
    reset(): void;
  };
  readonly joining: boolean;
  readonly error: Error | null;
  readonly onJoin: (link: string, userName: string) => void;
  /** Whether the whole screen is this question. */
  readonly autoFocus?: boolean;
}

/** From the link of an invitation to the group: first what it offers, then the name one goes by there. */
export function InvitationForm({ look, autoFocus = false, ...joining }: InvitationFormProps) {
  const { t } = useText();
  const [link, setLink] = useState("");
  const change = (next: string) => {
    setLink(next);
    look.reset();
  };
  return (
    <>
      <AskForm
        go={t("welcome.join.look")}
        look={look.data ? "plain" : "primary"}
        ready={link.trim() !== "" && !look.isPending}
        error={look.error}
        onSubmit={() => look.mutate({ link: link.trim() })}
      >
        <TextField
          label={t("welcome.join.link")}
          hint={t("welcome.join.linkHint")}
          value={link}
          onChange={change}
          maxLength={2000}
          autoComplete="off"
          autoFocus={autoFocus}
        />
      </AskForm>
      {look.data && <Invitation link={link.trim()} offer={look.data} {...joining} />}
    </>
  );
}

interface InvitationProps extends Pick<InvitationFormProps, "joining" | "error" | "onJoin"> {
  readonly link: string;
  readonly offer: InvitationPreview;
}

function Invitation({ link, offer, joining, error, onJoin }: InvitationProps) {
  const { t, formats } = useText();
  const [userName, setUserName] = useState("");
  return (
    <Card labelledBy="invitation">
      <h2 id="invitation">{offer.groupName}</h2>
      <FactList>
        {offer.invitedBy !== "" && <Fact name={t("welcome.join.invitedBy")}>{offer.invitedBy}</Fact>}
        <Fact name={t("invite.role")}>{t(`member.role.${offer.role}`)}</Fact>
        <Fact name={t("welcome.join.server")}>{offer.server}</Fact>
        <Fact name={t("welcome.join.until")}>{formats.day(offer.expiresAt)}</Fact>
      </FactList>
      <AskForm
        go={t(joining ? "welcome.join.busy" : "welcome.join.go", { group: offer.groupName })}
        ready={userName.trim() !== "" && !joining}
        error={error}
        onSubmit={() => onJoin(link, userName.trim())}
      >
        <UserNameField value={userName} onChange={setUserName} autoFocus />
      </AskForm>
    </Card>
  );
}
