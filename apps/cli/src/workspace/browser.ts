import { spawn } from "node:child_process";

/** Opens an address in the person's browser; `false` where there is none to open. */
export function openInBrowser(url: string, platform: NodeJS.Platform, hasDisplay: boolean): boolean {
  const [command, args] = opener(url, platform);
  if (platform === "linux" && !hasDisplay) return false;
  const child = spawn(command, args, { detached: true, stdio: "ignore" });
  // A computer without xdg-open: the printed address is all there is.
  child.on("error", () => undefined);
  child.unref();
  return true;
}

function opener(url: string, platform: NodeJS.Platform): [string, string[]] {
  if (platform === "darwin") return ["open", [url]];
  if (platform === "win32") return ["rundll32", ["url.dll,FileProtocolHandler", url]];
  return ["xdg-open", [url]];
}
