import type { MenuItemConstructorOptions } from "electron";
import type { Texts } from "./texts.ts";

export interface MenuActions {
  readonly texts: Texts;
  readonly isMac: boolean;
  /** Developer tools are offered only where the window has them: in a build that is not packaged. */
  readonly hasDevTools: boolean;
  openWorkspace(): void;
}

/** The native menu: what the system expects, plus opening another workspace. */
export function menuTemplate(actions: MenuActions): MenuItemConstructorOptions[] {
  const { texts, isMac } = actions;
  const quit: MenuItemConstructorOptions = { role: "quit", label: texts.quit };
  const openWorkspace: MenuItemConstructorOptions = {
    id: "open-workspace",
    label: texts.openWorkspace,
    accelerator: "CmdOrCtrl+O",
    click: () => actions.openWorkspace(),
  };
  const view: MenuItemConstructorOptions[] = [
    { role: "reload" },
    ...(actions.hasDevTools ? [{ role: "toggleDevTools" } as const] : []),
    { type: "separator" },
    { role: "resetZoom" },
    { role: "zoomIn" },
    { role: "zoomOut" },
    { type: "separator" },
    { role: "togglefullscreen" },
  ];
  return [
    ...(isMac ? [{ role: "appMenu" } as const] : []),
    { label: texts.file, submenu: isMac ? [openWorkspace] : [openWorkspace, { type: "separator" }, quit] },
    { role: "editMenu", label: texts.edit },
    { label: texts.view, submenu: view },
    { role: "windowMenu", label: texts.window },
  ];
}
