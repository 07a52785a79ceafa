import { useState } from "react";
import { Button, Segmented, TextField } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import css from "./add.module.css";
import { type NetworkDevice, networkAddress, networkProblems } from "./network-address.ts";

const KINDS = ["mqtt", "mqtts", "tcp"] as const;
const START: NetworkDevice = { kind: "mqtt", host: "", port: "", topic: "homeassistant", credentialsFile: "" };

interface NetworkFieldsProps {
  readonly used: string;
  readonly onUse: (port: string) => void;
}

/** A message broker or a serial port that another computer passes on. */
export function NetworkFields({ used, onUse }: NetworkFieldsProps) {
  const { t } = useText();
  const [device, setDevice] = useState(START);
  const [tried, setTried] = useState(false);
  const change = (part: Partial<NetworkDevice>): void => setDevice({ ...device, ...part });
  const problems = networkProblems(device);
  const errorOf = (field: "host" | "port" | "topic"): string | undefined =>
    tried && problems.includes(field) ? t(`network.wrong.${field}`) : undefined;
  const isBroker = device.kind !== "tcp";
  const use = (): void => {
    setTried(true);
    if (problems.length === 0) onUse(networkAddress(device));
  };
  return (
    <div className={css["fields"]}>
      <Segmented
        label={t("network.kind")}
        options={KINDS.map((id) => ({ id, label: t(`network.kind.${id}`) }))}
        value={device.kind}
        onChange={(kind) => change({ kind })}
      />
      <TextField
        label={t("network.host")}
        value={device.host}
        onChange={(host) => change({ host })}
        hint={t("network.hostHint")}
        error={errorOf("host")}
      />
      <TextField
        label={t("network.port")}
        value={device.port}
        onChange={(port) => change({ port: port.trim() })}
        inputMode="numeric"
        hint={t(isBroker ? "network.portHintBroker" : "network.portHint")}
        error={errorOf("port")}
      />
      {isBroker && (
        <>
          <TextField
            label={t("network.topic")}
            value={device.topic}
            onChange={(topic) => change({ topic })}
            hint={t("network.topicHint")}
            error={errorOf("topic")}
          />
          <TextField
            label={t("network.credentials")}
            value={device.credentialsFile}
            onChange={(credentialsFile) => change({ credentialsFile })}
            hint={t("network.credentialsHint")}
          />
        </>
      )}
      <div className={css["row"]}>
        <Button icon="plug" onPress={use}>
          {t("network.listen")}
        </Button>
        {used !== "" && <code className={css["hint"]}>{used}</code>}
      </div>
    </div>
  );
}
