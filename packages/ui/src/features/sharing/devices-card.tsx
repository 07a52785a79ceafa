import type { Contract } from "@ecolocal/core/api";
import type { Out } from "@ecolocal/core/api/rpc";
import { useState } from "react";
import { Button, Chip, showToast } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { RosterCard } from "./roster-card.tsx";
import css from "./sharing.module.css";
import { type Me, useRoster, useRosterChange } from "./use-roster.ts";

type Device = Out<Contract, "device.list">[number];

/** The devices of the group; stewards take access away from any, everyone from their own. */
export function DevicesCard({ me }: { readonly me: Me }) {
  const { t, formats } = useText();
  const devices = useRoster("device.list");
  const members = useRoster("member.list");
  const [lost, setLost] = useState<Device | null>(null);
  const ownerOf = ({ userId }: Device): string =>
    members.data?.find((member) => member.userId === userId)?.name ?? t("devices.former");
  const words = (device: Device): string =>
    device.revokedAt === null
      ? t("devices.of", { name: ownerOf(device), day: formats.day(device.addedAt) })
      : t("devices.gone", { name: ownerOf(device), day: formats.day(device.revokedAt) });
  return (
    <RosterCard title={t("devices.title")} list={devices}>
      {(entries) => (
        <>
          <ul className={css["list"]}>
            {entries.map((device) => (
              <li key={device.deviceId} className={css["entry"]}>
                <div className={css["who"]}>
                  <strong>{device.name}</strong>
                  <span>{words(device)}</span>
                </div>
                {device.isThis && <Chip icon="computer">{t("devices.this")}</Chip>}
                {device.revokedAt === null &&
                  !device.isThis &&
                  (me.role === "steward" || device.userId === me.userId) && (
                    <Button
                      size="s"
                      aria-label={t("devices.revoke", { name: device.name })}
                      onPress={() => setLost(device)}
                    >
                      {t("devices.revokeShort")}
                    </Button>
                  )}
              </li>
            ))}
          </ul>
          {lost && <RevokeDevice device={lost} onClose={() => setLost(null)} />}
        </>
      )}
    </RosterCard>
  );
}

function RevokeDevice({
  device: { deviceId, name },
  onClose,
}: {
  readonly device: Device;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const revoke = useRosterChange("device.revoke", "device.list");
  return (
    <ConfirmDialog
      title={t("devices.revoke", { name })}
      text={t("devices.revokeText")}
      busy={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(
          { deviceId },
          {
            onSuccess: () => {
              onClose();
              showToast({ text: t("devices.revoked", { name }) });
            },
          },
        )
      }
    />
  );
}
