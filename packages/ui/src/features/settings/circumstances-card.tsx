import type { WorkspaceStatus } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useEngineAction } from "../../client/index.ts";
import { Button, FailureNotice, Select, showToast, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { type Days, daysOf, HOURS, occupancyOf } from "./circumstances-model.ts";
import css from "./settings.module.css";
import { StatusCard } from "./status-card.tsx";

const DAYS: readonly Days[] = ["unsaid", "weekdays", "every", "weekend"];
const COUNTRY = /^([A-Z]{3})?$/;

/** What a group says about itself so that more of its readings can be judged. */
export function CircumstancesCard() {
  const { t } = useText();
  return (
    <StatusCard id="circumstances" title={t("settings.circumstances")} note={t("settings.circumstancesNote")}>
      {(status) => <CircumstancesForm key={status.workspaceId} status={status} />}
    </StatusCard>
  );
}

function CircumstancesForm({ status }: { readonly status: WorkspaceStatus }) {
  const { t, formats } = useText();
  const [days, setDays] = useState<Days>(daysOf(status.occupancy));
  const [from, setFrom] = useState(String(status.occupancy?.fromHour ?? 8));
  const [to, setTo] = useState(String(status.occupancy?.toHour ?? 16));
  const [country, setCountry] = useState(status.region?.country ?? "");
  const configure = useEngineAction("workspace.configure");
  const hoursWrong = days !== "unsaid" && Number(from) >= Number(to);
  const countryWrong = !COUNTRY.test(country);
  const before = { occupancy: status.occupancy, region: status.region };
  const next = {
    occupancy: occupancyOf(days, Number(from), Number(to)),
    region: country === "" ? null : { ...status.region, country },
  };
  const save = () =>
    configure.mutate(next, {
      onSuccess: () =>
        showToast({
          text: t("settings.saved"),
          undo: () => configure.mutate(before),
          redo: () => configure.mutate(next),
        }),
    });
  const hours = (list: readonly number[]) => list.map((hour) => ({ id: String(hour), label: formats.hour(hour) }));
  return (
    <div className={css["fields"]}>
      <Select
        label={t("settings.occupancy")}
        hint={t("settings.occupancyHint")}
        options={DAYS.map((id) => ({ id, label: t(`settings.occupancy.${id}`) }))}
        value={days}
        onChange={setDays}
      />
      {days !== "unsaid" && (
        <>
          <Select label={t("settings.fromHour")} options={hours(HOURS.slice(0, -1))} value={from} onChange={setFrom} />
          <Select
            label={t("settings.toHour")}
            options={hours(HOURS.slice(1))}
            value={to}
            onChange={setTo}
            error={hoursWrong ? t("settings.hoursWrong") : undefined}
          />
        </>
      )}
      <TextField
        label={t("settings.country")}
        hint={t("settings.countryHint")}
        value={country}
        onChange={(text) => setCountry(text.trim().toUpperCase())}
        maxLength={3}
        error={countryWrong ? t("settings.countryWrong") : undefined}
      />
      <div>
        <Button
          look="primary"
          isDisabled={hoursWrong || countryWrong || status.mode === "read-only" || configure.isPending}
          onPress={save}
        >
          {t("action.save")}
        </Button>
      </div>
      {configure.isError && <FailureNotice failure={failureOf(configure.error)} />}
    </div>
  );
}
