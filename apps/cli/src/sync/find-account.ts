import type { DeviceView, MemberView } from "@ecolocal/core/api";
import { CliFailure, usageFailure } from "../failure/cli-failure.ts";

/** Finds a member by id or by name, in any case. */
export function findMember(typed: string, members: readonly MemberView[]): MemberView {
  return findByName(typed, members, ({ userId }) => userId, "member", "SYNC_MEMBER_UNKNOWN");
}

/** Finds a device that is in use, by id or by name. */
export function findDevice(typed: string, devices: readonly DeviceView[]): DeviceView {
  const used = devices.filter(({ revokedAt }) => revokedAt === null);
  return findByName(typed, used, ({ deviceId }) => deviceId, "device", "SYNC_DEVICE_UNKNOWN");
}

function findByName<Item extends { readonly name: string }>(
  typed: string,
  items: readonly Item[],
  idOf: (item: Item) => string,
  noun: string,
  code: "SYNC_MEMBER_UNKNOWN" | "SYNC_DEVICE_UNKNOWN",
): Item {
  const word = typed.trim().toLowerCase();
  const byId = items.filter((item) => idOf(item) === word);
  const matches = byId.length > 0 ? byId : items.filter(({ name }) => name.toLowerCase() === word);
  const [only, ...more] = matches;
  if (more.length > 0) {
    const ids = matches.map(idOf).join(", ");
    throw usageFailure("find", typed, `More than one ${noun} is called "${typed}".`, `Use an id: ${ids}`);
  }
  if (only !== undefined) return only;
  throw new CliFailure({ code, op: "find", subject: typed, detail: `There is no ${noun} "${typed}".`, retry: "never" });
}
