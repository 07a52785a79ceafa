import { useState } from "react";
import { Button, DataTable, FailureNotice, Segmented } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import { SerialSelect } from "../add/serial-select.tsx";
import { USUAL_SERIALS } from "../add/serial-text.ts";
import type { Found } from "../add/use-add-form.ts";
import css from "./probe.module.css";
import { type Raw, type RawFields, useRaw } from "./use-raw.ts";

interface RawViewProps {
  readonly port: string;
  readonly onUse: (found: Found) => void;
  readonly onClose: () => void;
}

const LOOKS = ["text", "bytes"] as const;
const FIRST = USUAL_SERIALS[0] ?? { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1 };

/** What an unknown device says, as it comes, and the numbers in it. */
export function RawView({ port, onUse, onClose }: RawViewProps) {
  const { t } = useText();
  const [serial, setSerial] = useState(FIRST);
  const [look, setLook] = useState<(typeof LOOKS)[number]>("text");
  const [paused, setPaused] = useState(false);
  const raw = useRaw(port, serial, paused);
  const use = (): void =>
    onUse({
      driverId: "lines",
      serial,
      mapping: raw.fields?.fields.flatMap(({ proposal }) => proposal ?? []) ?? [],
    });
  return (
    <div className={css["raw"]}>
      <SerialSelect
        label={t("add.speed")}
        serials={USUAL_SERIALS}
        value={serial}
        onChange={setSerial}
        hint={t("raw.speedHint")}
      />
      <div className={css["row"]}>
        <Segmented
          label={t("raw.look")}
          labelHidden
          options={LOOKS.map((id) => ({ id, label: t(`raw.look.${id}`) }))}
          value={look}
          onChange={setLook}
        />
        <Button size="s" onPress={() => setPaused(!paused)}>
          {t(paused ? "raw.goOn" : "raw.pause")}
        </Button>
        <Button size="s" look="quiet" onPress={onClose}>
          {t("raw.close")}
        </Button>
      </div>
      {raw.problem && <FailureNotice failure={raw.problem} />}
      <p className={css["hint"]}>
        {raw.bytesHeard === 0 ? t("raw.nothing") : t("raw.heard", { bytes: raw.bytesHeard })}
      </p>
      {raw.bytesHeard > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className={css["screen"]} aria-label={t("raw.screen")} tabIndex={0}>
          <pre>{shown(raw, look)}</pre>
        </section>
      )}
      {raw.fields && <FieldGuesses fields={raw.fields} onUse={use} />}
    </div>
  );
}

function shown({ pieces }: Raw, look: "text" | "bytes"): string {
  if (look === "text") return pieces.map(({ text, hex }) => text ?? `${spaced(hex)}\n`).join("");
  return pieces.map(({ hex }) => spaced(hex)).join("\n");
}

function spaced(hex: string): string {
  return hex.replace(/../g, "$& ").trimEnd();
}

function FieldGuesses({ fields: guess, onUse }: { readonly fields: RawFields; readonly onUse: () => void }) {
  const { t, formats } = useText();
  if (guess.fields.length === 0) return <p className={css["hint"]}>{t("raw.noNumbers")}</p>;
  const ranked = [...guess.fields].sort((a, b) => Number(b.varies) - Number(a.varies));
  return (
    <div className={css["guesses"]}>
      <h4>{t("raw.numbers")}</h4>
      <p className={css["hint"]}>{t("raw.numbersHint", { lines: guess.linesUnderstood, all: guess.linesTotal })}</p>
      <DataTable
        caption={t("raw.numbers")}
        rows={ranked}
        rowKey={({ key }) => key}
        columns={[
          { id: "key", title: t("raw.field"), cell: ({ key }) => <code>{key}</code> },
          { id: "last", title: t("raw.last"), cell: ({ last }) => formats.number(last, 3), numeric: true },
          {
            id: "span",
            title: t("raw.span"),
            cell: ({ varies, lowest, highest }) =>
              varies
                ? t("raw.fromTo", { low: formats.number(lowest, 3), high: formats.number(highest, 3) })
                : t("raw.constant"),
          },
          {
            id: "guess",
            title: t("raw.guess"),
            cell: ({ proposal }) => (proposal ? t(`quantity.${proposal.quantity}`) : t("raw.noGuess")),
          },
        ]}
      />
      <div>
        <Button size="s" look="primary" onPress={onUse}>
          {t("raw.use")}
        </Button>
      </div>
    </div>
  );
}
