import { requireReady } from "./state.ts";

type PermissionRequestHandler = (page: unknown, permission: string, answer: (isGranted: boolean) => void) => void;
type PermissionCheckHandler = (page: unknown, permission: string) => boolean;

/** Keeps the handlers the app installs; without one Electron grants, and so does this. */
class Session {
  #onRequest: PermissionRequestHandler = (_page, _permission, answer) => answer(true);
  #onCheck: PermissionCheckHandler = () => true;
  #onDevice: () => boolean = () => true;
  isSpellCheckerEnabled = true;

  setPermissionRequestHandler(handler: PermissionRequestHandler): void {
    this.#onRequest = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheckHandler): void {
    this.#onCheck = handler;
  }

  setDevicePermissionHandler(handler: () => boolean): void {
    this.#onDevice = handler;
  }

  /** Without a handler Electron refuses screen capture; with one it still needs a stream in the answer. */
  setDisplayMediaRequestHandler(_handler: unknown): void {}

  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.isSpellCheckerEnabled = isEnabled;
  }

  /** For tests: what the app answers when a page wants a permission, in the three ways it can want one. */
  async answersTo(permission: string): Promise<{ request: boolean; check: boolean; device: boolean }> {
    const request = await new Promise<boolean>((resolve) => this.#onRequest(null, permission, resolve));
    return { request, check: this.#onCheck(null, permission), device: this.#onDevice() };
  }
}

const defaultSession = new Session();

export const session = {
  get defaultSession(): Session {
    requireReady("session");
    return defaultSession;
  },
};
