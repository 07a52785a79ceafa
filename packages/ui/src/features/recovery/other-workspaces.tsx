import { failureOf, useEngine, useWorkspaceChange } from "../../client/index.ts";
import { Button, FailureNotice, Section } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./recovery.module.css";

/** What else can be opened on this computer. */
export function OtherWorkspaces({ onBegin }: { readonly onBegin: () => void }) {
  const { t } = useText();
  const { data = [] } = useEngine("workspace.list", {});
  const open = useWorkspaceChange("workspace.open");
  const demo = useWorkspaceChange("workspace.demo");
  const busy = open.isPending || demo.isPending;
  const error = open.error ?? demo.error;
  return (
    <Section title={t("recovery.others")}>
      <div className={css["row"]}>
        {data
          .filter(({ isCurrent }) => !isCurrent)
          .map(({ path, name, kind }) => (
            <Button
              key={path}
              icon={kind === "demo" ? "leaf" : "home"}
              isDisabled={busy}
              onPress={() => (kind === "demo" ? demo.mutate({}) : open.mutate({ path }))}
            >
              {kind === "demo" ? t("switcher.demo") : name}
            </Button>
          ))}
        <Button look="quiet" icon="add" isDisabled={busy} onPress={onBegin}>
          {t("welcome.found.title")}
        </Button>
      </div>
      {error && <FailureNotice failure={failureOf(error)} />}
    </Section>
  );
}
