import type { App, Session, Shell, WebContents } from "electron";
import { isAppUrl, isExternalUrl } from "./app-origin.ts";

/**
 * Refuses every permission and device to pages, except notifications of the system: the page shows them only once somebody
 * asked for them. Serial ports are the engine's business, never a page's.
 */
export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_page, permission, answer) => answer(permission === "notifications"));
  session.setPermissionCheckHandler((_page, permission) => permission === "notifications");
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.setSpellCheckerEnabled(false);
}

/** Keeps every page, also ones created later, on our own address and in our own window. */
export function guardNavigation(app: App, shell: Pick<Shell, "openExternal">): void {
  app.on("web-contents-created", (_event, contents) => guardContents(contents, shell));
}

function guardContents(contents: WebContents, shell: Pick<Shell, "openExternal">): void {
  contents.on("will-navigate", (event) => {
    if (!isAppUrl(event.url)) {
      event.preventDefault();
    }
  });
  contents.on("will-frame-navigate", (event) => {
    if (!event.isMainFrame) {
      event.preventDefault();
    }
  });
  contents.on("will-redirect", (event) => {
    if (!isAppUrl(event.url)) {
      event.preventDefault();
    }
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalUrl(url)) {
      // Later, because opening another program may take a moment and the page waits for this answer.
      setImmediate(() => void shell.openExternal(url).catch(() => undefined));
    }
    return { action: "deny" };
  });
}
