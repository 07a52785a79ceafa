import type { BackupView } from "@ecolocal/core/api";

const DAY = 86_400_000;

/** One of each kind: made by hand and whole, a daily one that is damaged, an old one that nobody checked. */
export function fakeBackups(now: number): BackupView[] {
  const backup = (daysAgo: number, rest: Pick<BackupView, "reason" | "bytes" | "checked">): BackupView => ({
    path: `/home/ada/air/backups/${daysAgo}-${rest.reason}`,
    createdAt: now - daysAgo * DAY,
    appVersion: "0.1.0",
    schemaVersion: 9,
    workspaceName: "Elm Street",
    ...rest,
  });
  return [
    backup(0.1, { reason: "manual", bytes: 48_200_000, checked: { at: now - 0.1 * DAY, isWhole: true } }),
    backup(1, { reason: "daily", bytes: 47_900_000, checked: { at: now - 0.05 * DAY, isWhole: false } }),
    backup(40, { reason: "before-upgrade", bytes: 31_000_000, checked: null }),
  ];
}
