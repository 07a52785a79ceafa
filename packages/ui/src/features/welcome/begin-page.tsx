import type { ReactNode } from "react";
import { failureOf, useWorkspaceChange } from "../../client/index.ts";
import { Button, FailureNotice, Icon, type IconName, Page } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { FoundForm } from "./found-form.tsx";
import { JoinForm } from "./join-form.tsx";
import { OpenForm } from "./open-form.tsx";
import { RestoreForm } from "./restore-form.tsx";
import type { Beginning } from "./search.ts";
import css from "./welcome.module.css";

interface BeginPageProps {
  readonly begin: Beginning | undefined;
  readonly onBegin: (begin: Beginning | undefined) => void;
}

/** Four ways to begin; three of them ask for something first. */
export function BeginPage({ begin, onBegin }: BeginPageProps) {
  const { t } = useText();
  if (begin === undefined) return <Choices onBegin={onBegin} />;
  const back = (
    <Button size="s" look="quiet" icon="back" onPress={() => onBegin(undefined)}>
      {t("welcome.back")}
    </Button>
  );
  return (
    <Page key={begin} title={t(`welcome.${begin}.title`)} sub={<p>{t(`welcome.${begin}.text`)}</p>} crumbs={back}>
      {begin === "found" && <FoundForm />}
      {begin === "join" && <JoinForm />}
      {begin === "restore" && <RestoreForm />}
      {begin === "open" && <OpenForm />}
    </Page>
  );
}

function Choices({ onBegin }: Pick<BeginPageProps, "onBegin">) {
  const { t } = useText();
  const demo = useWorkspaceChange("workspace.demo");
  const busy = demo.isPending;
  return (
    <Page title={t("welcome.title")} sub={<p>{t("welcome.text")}</p>}>
      <div className={css["ways"]}>
        <Way icon="leaf" way="demo">
          <Button isDisabled={busy} onPress={() => demo.mutate({})}>
            {t(busy ? "welcome.demo.busy" : "welcome.demo.title")}
          </Button>
        </Way>
        <Way icon="home" way="found">
          <Button look="primary" isDisabled={busy} onPress={() => onBegin("found")}>
            {t("welcome.found.title")}
          </Button>
        </Way>
      </div>
      {demo.isError && <FailureNotice failure={failureOf(demo.error)} />}
      <div className={css["more"]}>
        <Button look="quiet" icon="forward" isDisabled={busy} onPress={() => onBegin("join")}>
          {t("welcome.join.title")}
        </Button>
        <Button look="quiet" icon="reset" isDisabled={busy} onPress={() => onBegin("restore")}>
          {t("welcome.restore.title")}
        </Button>
        <Button look="quiet" icon="project" isDisabled={busy} onPress={() => onBegin("open")}>
          {t("welcome.open.title")}
        </Button>
      </div>
      <p className={css["note"]}>{t("welcome.promise")}</p>
    </Page>
  );
}

interface WayProps {
  readonly icon: IconName;
  readonly way: "demo" | "found";
  readonly children: ReactNode;
}

function Way({ icon, way, children }: WayProps) {
  const { t } = useText();
  return (
    <section className={css["way"]} aria-label={t(`welcome.${way}.title`)}>
      <Icon name={icon} size={26} />
      <p>{t(`welcome.${way}.text`)}</p>
      {children}
    </section>
  );
}
