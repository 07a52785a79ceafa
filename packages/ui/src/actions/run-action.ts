import { type Action, type CommandName, type ScreenName, shortcutLabel } from "@ecolocal/core/actions";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { failureOf, useEngineAction } from "../client/index.ts";
import { redoLast, showToast, undoLast } from "../kit/index.ts";
import { setPreferences } from "../preferences/index.ts";
import { failureSentence, useText } from "../text/index.ts";
import { openPalette, useUiState } from "./ui-state.ts";

const ADDRESSES = {
  home: "/",
  sensors: "/sensors",
  data: "/data",
  ideas: "/ideas",
  projects: "/projects",
  map: "/map",
  inbox: "/inbox",
  sharing: "/sharing",
  settings: "/settings",
  help: "/help",
  kit: "/kit",
  wall: "/wall",
} as const satisfies Record<ScreenName, string>;

/** Carries out an action of the registry. */
export function useRunAction(): (action: Action) => void {
  const { t, formatter } = useText();
  const navigate = useNavigate();
  const { mutate: resetDemo } = useEngineAction("demo.reset");
  return useCallback(
    ({ effect }) => {
      if (effect.kind === "go") {
        void navigate({ to: ADDRESSES[effect.screen], search: (effect.search ?? {}) as never });
        return;
      }
      const commands: Readonly<Record<CommandName, () => void>> = {
        "palette.open": openPalette,
        "shortcuts.show": () => useUiState.setState({ shortcuts: true }),
        undo: () => {
          const step = undoLast();
          showToast({ text: step ? t("undo.done", { step: step.text }) : t("undo.nothing") });
        },
        redo: () => {
          const step = redoLast();
          showToast({ text: step ? t("redo.done", { step: step.text }) : t("redo.nothing") });
        },
        "theme.light": () => setPreferences({ theme: "light" }),
        "theme.dark": () => setPreferences({ theme: "dark" }),
        "theme.system": () => setPreferences({ theme: "system" }),
        "demo.reset": () =>
          resetDemo(
            {},
            {
              onSuccess: () => showToast({ text: t("demo.resetDone") }),
              onError: (error) => showToast({ text: failureSentence(failureOf(error), formatter), tone: "problem" }),
            },
          ),
        "save.explain": () => showToast({ text: t("save.explain") }),
      };
      commands[effect.command]();
    },
    [navigate, resetDemo, t, formatter],
  );
}

const MAC = /mac/i.test(navigator.userAgent);

/** A shortcut as this computer's keyboard has it. */
export function keysLabel(keys: string): string {
  return shortcutLabel(keys, MAC);
}
