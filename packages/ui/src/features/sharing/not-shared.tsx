import { useId, useState } from "react";
import { useEngine, useEngineAction } from "../../client/index.ts";
import { Banner, Card, EmptyState, LinkButton, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { AskForm } from "../welcome/ask-form.tsx";
import { InvitationForm } from "../welcome/join-form.tsx";
import { UserNameField } from "../welcome/user-name-field.tsx";
import css from "./sharing.module.css";

/** The ways into a group: an invitation, this computer as the host of a meeting, a server of one's own. */
export function NotShared() {
  const { t } = useText();
  const { data } = useEngine("workspace.status", {});
  if (data?.kind === "demo") {
    return (
      <EmptyState icon="leaf" title={t("sharing.demo")} text={t("sharing.demoText")}>
        <LinkButton to="/welcome" search={{ begin: "found" }} look="primary">
          {t("demo.startOwn")}
        </LinkButton>
      </EmptyState>
    );
  }
  return (
    <div className={css["stack"]}>
      <JoinCard />
      <div className={css["cards"]}>
        <HostCard />
        <ServerCard />
      </div>
    </div>
  );
}

export function JoinCard() {
  const { t } = useText();
  const title = useId();
  const look = useEngineAction("sync.preview");
  const join = useEngineAction("sync.join");
  return (
    <Card labelledBy={title}>
      <h2 id={title}>{t("sharing.join")}</h2>
      <p className={css["note"]}>{t("sharing.joinText")}</p>
      <div className={css["form"]}>
        <InvitationForm
          look={look}
          joining={join.isPending}
          error={join.error}
          onJoin={(link, userName) => join.mutate({ link, userName })}
        />
      </div>
    </Card>
  );
}

function HostCard() {
  const { t } = useText();
  const title = useId();
  const [userName, setUserName] = useState("");
  const host = useEngineAction("share.host");
  return (
    <Card labelledBy={title}>
      <h2 id={title}>{t("sharing.host")}</h2>
      <p className={css["note"]}>{t("sharing.hostText")}</p>
      <div className={css["form"]}>
        <AskForm
          go={t("sharing.hostGo")}
          look="plain"
          ready={userName.trim() !== "" && !host.isPending}
          error={host.error}
          onSubmit={() => host.mutate({ userName: userName.trim() })}
        >
          <UserNameField value={userName} onChange={setUserName} />
        </AskForm>
      </div>
    </Card>
  );
}

function ServerCard() {
  const { t } = useText();
  const title = useId();
  const [server, setServer] = useState("");
  const test = useEngineAction("sync.test");
  const change = (next: string) => {
    setServer(next);
    test.reset();
  };
  return (
    <Card labelledBy={title}>
      <h2 id={title}>{t("sharing.ownServer")}</h2>
      <p className={css["note"]}>{t("sharing.ownServerText")}</p>
      <div className={css["form"]}>
        <AskForm
          go={t("sharing.test")}
          look="plain"
          ready={server.trim() !== "" && !test.isPending}
          error={test.error}
          onSubmit={() => test.mutate({ server: server.trim() })}
        >
          <TextField label={t("sharing.address")} value={server} onChange={change} maxLength={500} inputMode="url" />
        </AskForm>
        {test.data && (
          <Banner tone={test.data.encrypted ? "info" : "warn"}>
            {t("sharing.testOk", { server: test.data.server, ms: test.data.answeredInMs })}{" "}
            {!test.data.encrypted && t("sharing.testPlain")}
          </Banner>
        )}
      </div>
    </Card>
  );
}
