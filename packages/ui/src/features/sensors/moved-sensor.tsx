import type { PortView, SensorView } from "@ecolocal/core/api";
import { failureOf, useEngine, useEngineAction } from "../../client/index.ts";
import { Button, FailureNotice, showToast } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./sensors.module.css";

const LOOK_AGAIN_MS = 3_000;

/** Ports on which a sensor that is not where it was may be now: one press, and it goes on with its own series. */
export function MovedSensor({ sensor }: { readonly sensor: SensorView }) {
  const { t } = useText();
  const ports = useEngine("port.list", {}, { refetchInterval: LOOK_AGAIN_MS });
  const update = useEngineAction("sensor.update");
  const free = (ports.data ?? []).filter((port) => mayBeThere(port, sensor));
  if (free.length === 0) return null;
  return (
    <div className={css["moved"]}>
      <p>{t("moved.question", { name: sensor.name })}</p>
      <ul>
        {free.map(({ path, name }) => (
          <li key={path}>
            <span>
              {name} <code>{path}</code>
            </span>
            <Button
              size="s"
              isDisabled={update.isPending}
              onPress={() =>
                update.mutate(
                  { sensorId: sensor.id, port: path },
                  {
                    onSuccess: () =>
                      showToast({
                        text: t("moved.done", { name: sensor.name }),
                        undo: () => update.mutate({ sensorId: sensor.id, port: sensor.port }),
                        redo: () => update.mutate({ sensorId: sensor.id, port: path }),
                      }),
                  },
                )
              }
            >
              {t("moved.here")}
            </Button>
          </li>
        ))}
      </ul>
      {update.isError && <FailureNotice failure={failureOf(update.error)} />}
    </div>
  );
}

function mayBeThere({ path, usb, access, sensorId }: PortView, sensor: SensorView): boolean {
  return usb !== null && access === "ok" && sensorId === null && path !== sensor.port;
}
