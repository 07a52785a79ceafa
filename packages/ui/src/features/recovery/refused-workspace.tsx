import type { HostState } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useWorkspaceChange } from "../../client/index.ts";
import { Button, FailureNotice, Page, Section } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { BeginPage } from "../welcome/begin-page.tsx";
import { BackupChoice } from "../welcome/restore-form.tsx";
import type { Beginning } from "../welcome/search.ts";
import { OtherWorkspaces } from "./other-workspaces.tsx";
import css from "./recovery.module.css";

type Refused = Extract<HostState, { kind: "refused" }>;

/** The whole window while a workspace cannot be opened: why, the one thing to do, and the way to another one. */
export function RefusedWorkspace({ state }: { readonly state: Refused }) {
  const { t } = useText();
  const [begin, setBegin] = useState<Beginning>();
  const { failure, path } = state;
  const damaged = failure.code === "WORKSPACE_CORRUPT";
  if (begin !== undefined) {
    return (
      <main className={css["screen"]}>
        <BeginPage begin={begin} onBegin={setBegin} />
      </main>
    );
  }
  return (
    <main className={css["screen"]}>
      <Page title={t("recovery.title")} sub={<code>{path}</code>}>
        <FailureNotice failure={failure} />
        {damaged ? (
          <Section title={t("recovery.restoreTitle")} note={t("recovery.restoreText")}>
            <BackupChoice folder={path} />
          </Section>
        ) : (
          <TryAgain path={path} />
        )}
        <OtherWorkspaces onBegin={() => setBegin("found")} />
      </Page>
    </main>
  );
}

function TryAgain({ path }: { readonly path: string }) {
  const { t } = useText();
  const open = useWorkspaceChange("workspace.open");
  return (
    <div>
      <Button look="primary" icon="refresh" isDisabled={open.isPending} onPress={() => open.mutate({ path })}>
        {t(open.isPending ? "recovery.trying" : "failure.retry")}
      </Button>
      {open.isError && <p className={css["note"]}>{t("recovery.still", { code: failureOf(open.error).code })}</p>}
    </div>
  );
}
