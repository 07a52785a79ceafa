import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  Autocomplete,
  Dialog,
  Input,
  Keyboard,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
  Text,
  useFilter,
} from "react-aria-components";
import { useEngine } from "../client/index.ts";
import { Icon } from "../kit/index.ts";
import { useText } from "../text/index.ts";
import css from "./palette.module.css";
import { type PaletteItem, paletteItems, recentFirst, withRecent } from "./palette-items.ts";
import { keysLabel, useRunAction } from "./run-action.ts";
import { closeLayers } from "./ui-state.ts";

const RECENT_KEY = "ecolocal.palette";

/** Find anything and do anything from one field: actions, sensors, projects, ideas. */
export function Palette() {
  const text = useText();
  const { t } = text;
  const { contains } = useFilter({ sensitivity: "base" });
  const [recent] = useState(readRecent);
  const choose = useChoose(recent);
  const { data: status } = useEngine("workspace.status", {});
  const { data: sensors = [] } = useEngine("sensor.list", {});
  const { data: ideas = [] } = useEngine("recommendation.list", { includeDismissed: false });
  const { data: projects = [] } = useEngine("project.list", {});
  const items = recentFirst(paletteItems({ sensors, ideas, projects, demo: status?.kind === "demo" }, text), recent);
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) closeLayers();
      }}
      className={css["scrim"] ?? ""}
    >
      <Modal className={css["window"] ?? ""}>
        <Dialog className={css["dialog"] ?? ""} aria-label={t("palette.title")}>
          <Autocomplete filter={contains}>
            <SearchField autoFocus aria-label={t("palette.search")} className={css["field"] ?? ""}>
              <Icon name="search" size={19} />
              <Input placeholder={t("palette.placeholder")} className={css["input"] ?? ""} />
            </SearchField>
            <Menu
              items={items}
              className={css["list"] ?? ""}
              aria-label={t("palette.results")}
              renderEmptyState={() => <p className={css["empty"]}>{t("palette.nothing")}</p>}
              onAction={(id) => {
                const item = items.find((candidate) => candidate.id === id);
                if (item) choose(item);
              }}
            >
              {(item) => (
                <MenuItem id={item.id} textValue={item.label} className={css["item"] ?? ""}>
                  <Icon name={item.icon} size={18} />
                  <Text slot="label">{item.label}</Text>
                  {item.cli && <code className={css["cli"]}>{item.cli}</code>}
                  {item.keys && <Keyboard className={css["keys"] ?? ""}>{keysLabel(item.keys)}</Keyboard>}
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function useChoose(recent: readonly string[]): (item: PaletteItem) => void {
  const run = useRunAction();
  const navigate = useNavigate();
  return ({ id, target }) => {
    keepRecent(withRecent(recent, id));
    closeLayers();
    switch (target.kind) {
      case "action":
        return run(target.action);
      case "sensor":
        return void navigate({ to: "/sensors/$sensorId", params: { sensorId: target.id } });
      case "idea":
        return void navigate({ to: "/ideas/$ideaId", params: { ideaId: target.id } });
      case "project":
        return void navigate({ to: "/projects/$projectId", params: { projectId: target.id } });
    }
  };
}

function readRecent(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(RECENT_KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

function keepRecent(recent: readonly string[]): void {
  try {
    localStorage.setItem(RECENT_KEY, JSON.stringify(recent));
  } catch {
    // Without storage the palette starts with its own order.
  }
}
