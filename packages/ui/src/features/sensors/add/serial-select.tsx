import { Select } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import { type Serial, serialKey, unusualFrame } from "./serial-text.ts";

interface SerialSelectProps {
  readonly label: string;
  readonly serials: readonly Serial[];
  readonly value: Serial;
  readonly onChange: (serial: Serial) => void;
  readonly hint?: string;
}

/** Line settings by their speed, with bits and parity where they are unusual. */
export function SerialSelect({ label, serials, value, onChange, hint }: SerialSelectProps) {
  const { t } = useText();
  const all = serials.some((serial) => serialKey(serial) === serialKey(value)) ? serials : [value, ...serials];
  return (
    <Select
      label={label}
      options={all.map((serial) => {
        const frame = unusualFrame(serial);
        const speed = t("add.baud", { rate: serial.baudRate });
        return { id: serialKey(serial), label: frame === null ? speed : t("add.baudAndFrame", { speed, frame }) };
      })}
      value={serialKey(value)}
      onChange={(key) => {
        const chosen = all.find((serial) => serialKey(serial) === key);
        if (chosen) onChange(chosen);
      }}
      hint={hint}
    />
  );
}
