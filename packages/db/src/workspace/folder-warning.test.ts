import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { syncedFolderWarning } from "./folder-warning.ts";

describe("a folder that a cloud service copies", () => {
  it.each([
    ["C:\\Users\\ada\\OneDrive - Example Org\\EcoLocal", "OneDrive"],
    ["/Users/ada/Library/CloudStorage/GoogleDrive-ada@example.org/My Drive/eco", "Google Drive"],
    ["/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/eco", "iCloud Drive"],
    ["/home/ada/Dropbox/eco", "Dropbox"],
    ["/home/ada/Nextcloud/eco", "Nextcloud"],
  ])("is recognised by its name: %s", (path, service) => {
    expect(syncedFolderWarning(path)).toMatchObject({
      code: "WORKSPACE_FOLDER_SYNCED",
      detail: expect.stringContaining(service),
    });
  });

  it("is recognised by what the service leaves in it", () => {
    const root = mkdtempSync(join(tmpdir(), "ecolocal-"));
    mkdirSync(join(root, ".stfolder"));
    expect(syncedFolderWarning(join(root, "deep", "eco"))?.detail).toContain("Syncthing");
    rmSync(root, { recursive: true });
  });

  it("is not suspected without reason", () => {
    expect(syncedFolderWarning("/home/ada/.local/share/ecolocal/own")).toBeNull();
    expect(syncedFolderWarning("/srv/boxes/megaphone")).toBeNull();
  });
});
