import { useNavigate } from "@tanstack/react-router";
import { Button } from "react-aria-components";
import { failureOf, useEngine, useWorkspaceChange } from "../../client/index.ts";
import { Icon, Menu, type MenuEntry, showToast } from "../../kit/index.ts";
import { failureSentence, useText } from "../../text/index.ts";
import css from "./shell.module.css";

const OPEN = "open:";
/** Fewer than all: the rest is found with "Other folder". */
const SHOWN = 6;

/** The name of the workspace; behind it the others of this computer and the ways to a new one. */
export function WorkspaceSwitcher({ name }: { readonly name: string }) {
  const { t, formatter } = useText();
  const navigate = useNavigate();
  const { data = [] } = useEngine("workspace.list", {});
  const failed = {
    onError: (error: Error) =>
      showToast({ text: failureSentence(failureOf(error), formatter), tone: "problem" as const }),
  };
  const open = useWorkspaceChange("workspace.open");
  const demo = useWorkspaceChange("workspace.demo");
  const own = data.filter(({ kind }) => kind === "own").slice(0, SHOWN);
  const entries: readonly MenuEntry[] = [
    ...own.map(
      (known): MenuEntry => ({
        id: OPEN + known.path,
        label: known.name,
        icon: "home",
        checked: known.isCurrent,
      }),
    ),
    {
      id: "demo",
      label: t("switcher.demo"),
      icon: "leaf",
      checked: data.some(({ kind, isCurrent }) => kind === "demo" && isCurrent),
    },
    { id: "found", label: t("welcome.found.title"), icon: "add" },
    { id: "join", label: t("welcome.join.title"), icon: "forward" },
    { id: "restore", label: t("welcome.restore.title"), icon: "reset" },
    { id: "other", label: t("welcome.open.title"), icon: "project" },
  ];
  const choose = (id: string) => {
    if (entries.find((entry) => entry.id === id)?.checked) return;
    if (id.startsWith(OPEN)) open.mutate({ path: id.slice(OPEN.length) }, failed);
    else if (id === "demo") demo.mutate({}, failed);
    else
      void navigate({
        to: "/welcome",
        search: { begin: id === "found" || id === "join" || id === "restore" ? id : "open" },
      });
  };
  return (
    <Menu
      label={t("switcher.label")}
      entries={entries}
      onAction={choose}
      align="start"
      trigger={
        <Button className={css["switcher"] ?? ""} isPending={open.isPending || demo.isPending}>
          <span className={css["place"]}>{name === "" ? t("switcher.label") : name}</span>
          <Icon name="expand" size={15} label={t("switcher.label")} />
        </Button>
      }
    />
  );
}
