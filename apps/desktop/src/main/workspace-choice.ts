import type { Failure } from "@ecolocal/core/shared";
import type { Locale } from "@ecolocal/messages";
import { BrowserWindow, type Dialog, type MessagePortMain } from "electron";
import { describeFailure } from "./describe-failure.ts";
import type { EngineHost } from "./engine-host.ts";
import { textsIn } from "./texts.ts";

export interface WorkspaceChoiceOptions {
  readonly dialog: Pick<Dialog, "showOpenDialog" | "showMessageBox">;
  readonly host: EngineHost<MessagePortMain>;
  readonly locale: Locale;
  quit(): void;
}

/** Which workspace the app shows, and what the person is asked about it. */
export interface WorkspaceChoice {
  /** Shows another workspace; the one that is shown already stays as it is. */
  show(workspace: string): Promise<void>;
  /** Lets the person pick a folder; false when they changed their mind. */
  pick(): Promise<boolean>;
  /** The workspace cannot be opened: try again, another one, or quit. */
  askAfter(failure: Failure): Promise<void>;
}

const TRY_AGAIN = 0;
const OPEN_ANOTHER = 1;
const QUIT = 2;

export function createWorkspaceChoice(options: WorkspaceChoiceOptions): WorkspaceChoice {
  const { dialog, host } = options;
  const texts = textsIn(options.locale);
  const choice: WorkspaceChoice = {
    async show(workspace) {
      if (workspace !== host.workspace) {
        await reopen(host, workspace);
      }
    },
    async pick() {
      const title = texts.chooseWorkspace;
      const { canceled, filePaths } = await dialog.showOpenDialog({ title, properties: ["openDirectory"] });
      const [folder] = filePaths;
      if (canceled || folder === undefined) {
        return false;
      }
      await reopen(host, folder);
      return true;
    },
    async askAfter(failure) {
      const { response } = await dialog.showMessageBox({
        type: "error",
        title: "EcoLocal",
        message: texts.cannotOpen,
        detail: await describeFailure(failure, options.locale),
        buttons: [texts.tryAgain, texts.openWorkspace, texts.quit],
        defaultId: OPEN_ANOTHER,
        cancelId: QUIT,
      });
      if (response === TRY_AGAIN) {
        await reopen(host, host.workspace);
      } else if (response !== OPEN_ANOTHER) {
        options.quit();
      } else if (!(await choice.pick())) {
        await choice.askAfter(failure);
      }
    },
  };
  return choice;
}

/** The page's caches belong to the workspace it showed, so it starts anew with the engine. */
async function reopen(host: EngineHost<MessagePortMain>, workspace: string | null): Promise<void> {
  await host.open(workspace);
  for (const window of BrowserWindow.getAllWindows()) {
    window.webContents.reload();
  }
}
