import type { SensorView } from "@ecolocal/core/api";
import { formatPosition, parsePosition } from "@ecolocal/core/sensing";
import { useState } from "react";

interface Draft {
  readonly name: string;
  readonly place: string;
  readonly exposure: SensorView["exposure"];
  /** As somebody types it. */
  readonly position: string;
  readonly measureEveryMs: number;
}

/** What somebody is changing about a sensor, what is wrong with it, and the calls that do it and take it back. */
export function useSensorEdit(sensor: SensorView) {
  const everyMs = sensor.measureEveryMs ?? 0;
  const [draft, setDraft] = useState<Draft>({
    name: sensor.name,
    place: sensor.place,
    exposure: sensor.exposure,
    position: sensor.position === null ? "" : formatPosition(sensor.position),
    measureEveryMs: everyMs,
  });
  const position = draft.position.trim() === "" ? null : parsePosition(draft.position);
  const rests = sensor.canRest === true && draft.measureEveryMs !== everyMs;
  const { id: sensorId, name, place, exposure } = sensor;
  return {
    draft,
    change: (part: Partial<Draft>) => setDraft({ ...draft, ...part }),
    isNameless: draft.name.trim() === "",
    isNowhere: position === null && draft.position.trim() !== "",
    before: {
      sensorId,
      name,
      place,
      exposure,
      position: sensor.position,
      ...(rests ? { measureEveryMs: everyMs } : {}),
    },
    after: {
      sensorId,
      name: draft.name.trim(),
      place: draft.place.trim(),
      exposure: draft.exposure,
      position,
      ...(rests ? { measureEveryMs: draft.measureEveryMs } : {}),
    },
  };
}
