import { SearchButton } from "../../actions/index.ts";
import { useEngine } from "../../client/index.ts";
import { Chip } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { Bell } from "./bell.tsx";
import { DemoActions } from "./demo-actions.tsx";
import css from "./shell.module.css";
import { WorkspaceSwitcher } from "./workspace-switcher.tsx";

/** Which workspace this is, and whether it is only a demonstration. */
export function TopBar() {
  const { t } = useText();
  const { data } = useEngine("workspace.status", {});
  const place = data?.place.trim() ?? "";
  return (
    <div className={css["top"]}>
      {data?.kind === "demo" && (
        <Chip tone="demo" icon="leaf">
          {t("demo.badge")}
        </Chip>
      )}
      <WorkspaceSwitcher
        name={data === undefined ? "" : place === "" ? data.name : t("shell.workspaceAt", { name: data.name, place })}
      />
      {data?.kind === "demo" && <DemoActions />}
      <SearchButton />
      <Bell />
    </div>
  );
}
