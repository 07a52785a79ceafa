import type { InvitationPreview } from "@ecolocal/core/api";
import { useState } from "react";
import { useEngineAction, useWorkspaceChange } from "../../client/index.ts";
import { Card, Fact, FactList, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { AskForm } from "./ask-form.tsx";

/** From the link of an invitation to the group: first what it offers, then the name one goes by there. */
export function JoinForm() {
  const { t } = useText();
  const [link, setLink] = useState("");
  const look = useEngineAction("workspace.invitation");
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
          autoFocus
        />
      </AskForm>
      {look.data && <Invitation link={link.trim()} offer={look.data} />}
    </>
  );
}

function Invitation({ link, offer }: { readonly link: string; readonly offer: InvitationPreview }) {
  const { t, formats } = useText();
  const [userName, setUserName] = useState("");
  const join = useWorkspaceChange("workspace.join");
  const submit = () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    join.mutate({ link, userName: userName.trim(), timeZone, locale: navigator.language });
  };
  return (
    <Card labelledBy="invitation">
      <h2 id="invitation">{offer.groupName}</h2>
      <FactList>
        <Fact name={t("welcome.join.invitedBy")}>{offer.invitedBy}</Fact>
        <Fact name={t("welcome.join.server")}>{offer.server}</Fact>
        <Fact name={t("welcome.join.until")}>{formats.day(offer.expiresAt)}</Fact>
      </FactList>
      <AskForm
        go={t(join.isPending ? "welcome.join.busy" : "welcome.join.go", { group: offer.groupName })}
        ready={userName.trim() !== "" && !join.isPending}
        error={join.error}
        onSubmit={submit}
      >
        <TextField
          label={t("welcome.join.name")}
          hint={t("welcome.join.nameHint")}
          value={userName}
          onChange={setUserName}
          maxLength={120}
          autoComplete="name"
          autoFocus
        />
      </AskForm>
    </Card>
  );
}
