import type { InvitationPreview } from "@ecolocal/core/api";
import { type FormEvent, useState } from "react";
import { failureOf, useEngineAction, useWorkspaceChange } from "../../client/index.ts";
import { Button, Card, Fact, FactList, FailureNotice, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./welcome.module.css";

/** From the link of an invitation to the group: first what it offers, then the name one goes by there. */
export function JoinForm() {
  const { t } = useText();
  const [link, setLink] = useState("");
  const look = useEngineAction("workspace.invitation");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (link.trim() !== "") look.mutate({ link: link.trim() });
  };
  const change = (next: string) => {
    setLink(next);
    look.reset();
  };
  return (
    <>
      <form className={css["form"]} onSubmit={submit}>
        <TextField
          label={t("welcome.join.link")}
          hint={t("welcome.join.linkHint")}
          value={link}
          onChange={change}
          maxLength={2000}
          autoComplete="off"
          autoFocus
        />
        <div>
          <Button
            type="submit"
            look={look.data ? "plain" : "primary"}
            isDisabled={link.trim() === "" || look.isPending}
          >
            {t("welcome.join.look")}
          </Button>
        </div>
        {look.isError && <FailureNotice failure={failureOf(look.error)} />}
      </form>
      {look.data && <Invitation link={link.trim()} offer={look.data} />}
    </>
  );
}

function Invitation({ link, offer }: { readonly link: string; readonly offer: InvitationPreview }) {
  const { t, formats } = useText();
  const [userName, setUserName] = useState("");
  const join = useWorkspaceChange("workspace.join");
  const ready = userName.trim() !== "" && !join.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
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
      <form className={css["form"]} onSubmit={submit}>
        <TextField
          label={t("welcome.join.name")}
          hint={t("welcome.join.nameHint")}
          value={userName}
          onChange={setUserName}
          maxLength={120}
          autoComplete="name"
          autoFocus
        />
        <div>
          <Button type="submit" look="primary" isDisabled={!ready}>
            {t(join.isPending ? "welcome.join.busy" : "welcome.join.go", { group: offer.groupName })}
          </Button>
        </div>
        {join.isError && <FailureNotice failure={failureOf(join.error)} />}
      </form>
    </Card>
  );
}
