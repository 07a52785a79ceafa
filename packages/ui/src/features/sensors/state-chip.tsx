import type { SensorView } from "@ecolocal/core/api";
import { Chip, type IconName, type Tone } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";

const LOOKS: Readonly<Record<SensorView["state"], readonly [Tone, IconName]>> = {
  starting: ["info", "waiting"],
  reading: ["good", "done"],
  silent: ["warn", "alert"],
  disconnected: ["bad", "unplugged"],
  waiting: ["warn", "waiting"],
  stopped: ["plain", "ban"],
  failed: ["bad", "error"],
};

/** How a sensor is doing, in a word. */
export function StateChip({ state }: { readonly state: SensorView["state"] }) {
  const { t } = useText();
  const [tone, icon] = LOOKS[state];
  return (
    <Chip tone={tone} icon={icon}>
      {t(`sensorState.${state}`)}
    </Chip>
  );
}
