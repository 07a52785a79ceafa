import type { SyncStatus } from "@ecolocal/core/api";
import { DevicesCard } from "./devices-card.tsx";
import { InvitationsCard } from "./invitations-card.tsx";
import { MembersCard } from "./members-card.tsx";
import css from "./sharing.module.css";

/** Who belongs to the group, with which devices, and who may still come. */
export function PeopleTab({ status: { me } }: { readonly status: SyncStatus }) {
  if (me === null) return null;
  return (
    <div className={css["stack"]}>
      <MembersCard me={me} />
      <InvitationsCard me={me} />
      <DevicesCard me={me} />
    </div>
  );
}
