import { Select } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";

interface ZoneSelectProps {
  /** IANA zone. */
  readonly value: string;
  readonly onChange: (zone: string) => void;
}

/** The zone in which the days of a workspace begin. */
export function ZoneSelect({ value, onChange }: ZoneSelectProps) {
  const { t } = useText();
  return (
    <Select
      label={t("settings.timeZone")}
      options={zones(value).map((id) => ({ id, label: id.replaceAll("_", " ") }))}
      value={value}
      onChange={onChange}
      hint={t("settings.timeZoneHint")}
    />
  );
}

/** Every zone this browser knows, and the present one even when it does not. */
function zones(present: string): readonly string[] {
  return [...new Set([present, "UTC", ...Intl.supportedValuesOf("timeZone")])].sort();
}
