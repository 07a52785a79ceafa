import { useState } from "react";
import { LinkButton, Segmented } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import { ProbePanel } from "../probe/probe-panel.tsx";
import css from "./add.module.css";
import { NetworkFields } from "./network-fields.tsx";
import { PortPicker } from "./port-picker.tsx";
import type { AddForm } from "./use-add-form.ts";

const WAYS = ["port", "network", "posting"] as const;
type Way = (typeof WAYS)[number];

/** How the device reaches this computer: plugged in, over the network, or by posting to it. */
export function WayIn({ form }: { readonly form: AddForm }) {
  const { t } = useText();
  const [way, setWay] = useState<Way>("port");
  const change = (next: Way): void => {
    setWay(next);
    form.setPort("");
  };
  return (
    <>
      <Segmented
        label={t("add.way")}
        labelHidden
        options={WAYS.map((id) => ({ id, label: t(`add.way.${id}`) }))}
        value={way}
        onChange={change}
      />
      {way === "network" && <NetworkFields onUse={form.setPort} used={form.port} />}
      {way !== "network" && <PortPicker posting={way === "posting"} value={form.port} onChange={form.setPort} />}
      {way === "posting" && (
        <div className={css["row"]}>
          <span className={css["hint"]}>{t("add.postingHint")}</span>
          <LinkButton to="/settings" size="s">
            {t("add.postingSettings")}
          </LinkButton>
        </div>
      )}
      {way === "port" && form.port !== "" && !form.blocked && (
        <ProbePanel key={form.port} port={form.port} onUse={form.adopt} onListening={form.setListening} />
      )}
    </>
  );
}
