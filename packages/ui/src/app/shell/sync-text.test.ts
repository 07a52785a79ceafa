import { createFormatter, LOCALES, loadCatalogue } from "@ecolocal/messages";
import { describe, expect, it } from "vitest";
import { createFormats } from "../../text/formats.ts";
import { syncText } from "./sync-text.ts";

const AT = Date.UTC(2026, 10, 25, 14, 2);
const status = { waitingChanges: 0, lastSyncAt: AT };

async function words(locale: string) {
  const formatter = createFormatter(locale, await loadCatalogue(locale as (typeof LOCALES)[number], ["ui"]));
  return { t: formatter.message, formats: createFormats(locale, "UTC") };
}

describe("the sync indicator", () => {
  it("says where the data is", async () => {
    const text = await words("en");
    expect(syncText({ ...status, state: "local" }, text)).toBe("On this computer only");
    expect(syncText({ ...status, state: "current" }, text)).toContain("Up to date");
    expect(syncText({ ...status, state: "sending", waitingChanges: 3 }, text)).toBe("Sending 3 changes…");
    expect(syncText({ ...status, state: "offline", waitingChanges: 12 }, text)).toBe("Offline: 12 changes waiting");
    expect(syncText({ ...status, state: "attention" }, text)).toBe("Sharing needs attention");
  });

  it.each(LOCALES)("says only of an unshared workspace that it is on this computer only (%s)", async (locale) => {
    const text = await words(locale);
    const local = syncText({ ...status, state: "local" }, text);
    const shared = (["current", "sending", "offline", "attention"] as const).map((state) =>
      syncText({ ...status, state }, text),
    );
    expect(new Set([local, ...shared]).size).toBe(5);
  });
});
