import type { SensorView } from "@ecolocal/core/api";
import type { Failure } from "@ecolocal/core/shared";
import { driverTitle } from "@ecolocal/messages";
import { useEffect, useState } from "react";
import { failureOf, useEngineAction } from "../../../client/index.ts";
import { useText } from "../../../text/index.ts";
import { type MappingRow, proposeRows } from "./mapping-units.ts";
import type { Serial } from "./serial-text.ts";
import { type Preview, usePreview } from "./use-preview.ts";
import { type Target, useTarget } from "./use-target.ts";

/** What people say about a sensor. */
export interface About {
  readonly name: string;
  readonly place: string;
  readonly exposure: SensorView["exposure"];
}

/** A kind of device with its line, as probing or looking at its text found it. */
export interface Found {
  readonly driverId: string;
  readonly serial: Serial;
  readonly mapping: readonly MappingRow[];
}

/** Everything the add sheet knows, and what it can do. */
export interface AddForm extends Target {
  readonly kind: "device" | "simulated";
  /** Takes over what listening found out. */
  readonly adopt: (found: Found) => void;
  /** While something else listens to the port (a probe), the preview does not. */
  readonly setListening: (listening: boolean) => void;
  readonly preview: Preview;
  readonly tryAgain: () => void;
  /** Whether a person says what the numbers of this kind of device mean. */
  readonly takesMapping: boolean;
  readonly mapping: readonly MappingRow[];
  readonly setMapping: (rows: readonly MappingRow[]) => void;
  readonly about: About;
  readonly setAbout: (change: Partial<About>) => void;
  readonly ready: boolean;
  readonly saving: boolean;
  readonly failure: Failure | null;
  readonly save: (done: (sensor: SensorView) => void) => void;
}

export function useAddForm(kind: AddForm["kind"]): AddForm {
  const target = useTarget(kind);
  const { driver, connection } = target;
  const [attempt, setAttempt] = useState(0);
  const [said, setSaid] = useState<Partial<About>>({});
  const add = useEngineAction("sensor.add");
  const [listening, setListening] = useState(false);
  const preview = usePreview(listening ? null : connection, attempt);
  // Topics without an announcement say as little about their numbers as free text does.
  const takesMapping = driver?.needsMapping === true || driver?.id === "mqtt";
  const [mapping, setMapping] = useMapping(preview, takesMapping);
  const { formatter } = useText();
  const about = withDefaults(said, driver && driverTitle(driver, formatter), kind);
  const mapped = !driver?.needsMapping || mapping.length > 0 || preview.readings.length > 0;
  return {
    ...target,
    kind,
    adopt({ driverId, serial, mapping: found }) {
      target.setDriverId(driverId);
      target.setSerial(serial);
      if (found.length > 0) setMapping(found);
    },
    setListening,
    preview,
    tryAgain: () => setAttempt((count) => count + 1),
    takesMapping,
    mapping,
    setMapping,
    about,
    setAbout: (change) => setSaid({ ...said, ...change }),
    ready: connection !== null && about.name.trim() !== "" && mapped,
    saving: add.isPending,
    failure: add.isError ? failureOf(add.error) : null,
    save(done) {
      if (connection === null) return;
      const named = { name: about.name.trim(), place: about.place.trim(), exposure: about.exposure };
      const rows = takesMapping && mapping.length > 0 ? { mapping: [...mapping] } : {};
      add.mutate({ ...connection, ...named, ...rows }, { onSuccess: done });
    },
  };
}

/** The rows of a text device: proposed from the first keys it prints, then the user's own. */
function useMapping(
  preview: Preview,
  wanted: boolean,
): readonly [readonly MappingRow[], (rows: readonly MappingRow[]) => void] {
  const [rows, setRows] = useState<readonly MappingRow[]>();
  useEffect(() => {
    const isSaid = Object.keys(preview.raw).length > 0;
    if (wanted && rows === undefined && isSaid) setRows(proposeRows(preview.raw));
  }, [wanted, rows, preview.raw]);
  return [wanted ? (rows ?? []) : [], setRows];
}

function withDefaults(said: Partial<About>, title: string | undefined, kind: AddForm["kind"]): About {
  const place = said.place ?? "";
  const kindName = title ?? "";
  return {
    place,
    name: said.name ?? (place.trim() === "" ? kindName : `${place.trim()} · ${kindName}`),
    exposure: said.exposure ?? (kind === "simulated" ? "indoor" : "unknown"),
  };
}
