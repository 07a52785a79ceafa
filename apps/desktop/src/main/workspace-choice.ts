import type { Locale } from "@ecolocal/messages";
import { BrowserWindow, type Dialog, type MessagePortMain } from "electron";
import type { EngineHost } from "./engine-host.ts";
import { textsIn } from "./texts.ts";

export interface WorkspaceChoiceOptions {
  readonly dialog: Pick<Dialog, "showOpenDialog">;
  readonly host: EngineHost<MessagePortMain>;
  /** The language of the moment. */
  readonly locale: () => Locale;
}

/** Which workspace the app shows, as far as the native menu and other starts of the app decide it. */
export interface WorkspaceChoice {
  /** Shows another workspace; the one that is shown already stays as it is. */
  show(workspace: string): Promise<void>;
  /** Lets the person pick a folder; false when they changed their mind. */
  pick(): Promise<boolean>;
}

export function createWorkspaceChoice(options: WorkspaceChoiceOptions): WorkspaceChoice {
  const { dialog, host } = options;
  return {
    async show(workspace) {
      if (workspace !== host.workspace) {
        await reopen(host, workspace);
      }
    },
    async pick() {
      const title = textsIn(options.locale()).chooseWorkspace;
      const { canceled, filePaths } = await dialog.showOpenDialog({ title, properties: ["openDirectory"] });
      const [folder] = filePaths;
      if (canceled || folder === undefined) {
        return false;
      }
      await reopen(host, folder);
      return true;
    },
  };
}

/** The page's caches belong to the workspace it showed, so it starts anew with the engine. */
async function reopen(host: EngineHost<MessagePortMain>, workspace: string | null): Promise<void> {
  await host.open(workspace);
  for (const window of BrowserWindow.getAllWindows()) {
    window.webContents.reload();
  }
}
