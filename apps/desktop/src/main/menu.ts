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
    { role: "reload", label: texts.reload },
    ...(actions.hasDevTools ? [{ role: "toggleDevTools", label: texts.devTools } as const] : []),
    { type: "separator" },
    { role: "resetZoom", label: texts.resetZoom },
    { role: "zoomIn", label: texts.zoomIn },
    { role: "zoomOut", label: texts.zoomOut },
    { type: "separator" },
    { role: "togglefullscreen", label: texts.fullScreen },
  ];
  return [
    ...(isMac ? [{ role: "appMenu" } as const] : []),
    { label: texts.file, submenu: isMac ? [openWorkspace] : [openWorkspace, { type: "separator" }, quit] },
    { label: texts.edit, submenu: editMenu(texts) },
    { label: texts.view, submenu: view },
    {
      role: "windowMenu",
      label: texts.window,
      submenu: [
        { role: "minimize", label: texts.minimize },
        { role: "close", label: texts.closeWindow },
      ],
    },
  ];
}

function editMenu(texts: Texts): MenuItemConstructorOptions[] {
  return [
    { role: "undo", label: texts.undo },
    { role: "redo", label: texts.redo },
    { type: "separator" },
    { role: "cut", label: texts.cut },
    { role: "copy", label: texts.copy },
    { role: "paste", label: texts.paste },
    { role: "selectAll", label: texts.selectAll },
  ];
}
