import type { DriverView, SensorView } from "@ecolocal/core/api";
import type { Failure } from "@ecolocal/core/shared";
import { useEffect, useState } from "react";
import { failureOf, useEngine, useEngineAction } from "../../../client/index.ts";
import { type MappingRow, proposeMapping } from "./propose-mapping.ts";
import { type Connection, type Preview, usePreview } from "./use-preview.ts";

/** What people say about a sensor. */
export interface About {
  readonly name: string;
  readonly place: string;
  readonly exposure: SensorView["exposure"];
}

/** Everything the add sheet knows, and what it can do. */
export interface AddForm {
  readonly kind: "device" | "simulated";
  readonly port: string;
  readonly setPort: (port: string) => void;
  readonly drivers: readonly DriverView[];
  readonly driver: DriverView | undefined;
  readonly setDriverId: (id: string) => void;
  readonly baudRate: number | undefined;
  readonly setBaudRate: (rate: number) => void;
  /** The chosen port has a problem that the list already explains. */
  readonly blocked: boolean;
  readonly connection: Connection | null;
  readonly preview: Preview;
  readonly tryAgain: () => void;
  readonly mapping: readonly MappingRow[];
  readonly setMapping: (rows: readonly MappingRow[]) => void;
  readonly about: About;
  readonly setAbout: (change: Partial<About>) => void;
  readonly ready: boolean;
  readonly saving: boolean;
  readonly failure: Failure | null;
  readonly save: (done: (sensor: SensorView) => void) => void;
}

/** Chosen once per sheet, so that a simulated sensor keeps its values while its form is filled in. */
const newSeed = (): number => Math.floor(Math.random() * 100_000);

export function useAddForm(kind: AddForm["kind"]): AddForm {
  const [typedPort, setTypedPort] = useState("");
  const [driverId, setDriverId] = useState<string>();
  const [baudRate, setBaudRate] = useState<number>();
  const [attempt, setAttempt] = useState(0);
  const [seed] = useState(newSeed);
  const [said, setSaid] = useState<Partial<About>>({});
  const ports = useEngine("port.list", {}, { enabled: kind === "device" });
  const drivers = useEngine("driver.list", {}).data ?? [];
  const add = useEngineAction("sensor.add");

  const known = ports.data?.find(({ path }) => path === typedPort);
  const likely = known?.likelyDrivers[0] ?? (kind === "simulated" ? drivers[0]?.id : undefined);
  const driver = drivers.find(({ id }) => id === (driverId ?? likely));
  const port = kind === "simulated" && driver ? `sim:${driver.id}?seed=${seed}` : typedPort.trim();
  const blocked = known !== undefined && known.problem !== null;
  const connection: Connection | null =
    driver && port !== "" && !blocked
      ? { driverId: driver.id, port, ...(baudRate === undefined ? {} : { baudRate }) }
      : null;
  const preview = usePreview(connection, attempt);
  const [mapping, setMapping] = useMapping(preview, driver?.needsMapping === true);
  const about = withDefaults(said, driver, kind);
  const mapped = !driver?.needsMapping || mapping.length > 0 || preview.readings.length > 0;

  return {
    kind,
    port,
    setPort: (next) => {
      setTypedPort(next);
      setDriverId(undefined);
      setBaudRate(undefined);
    },
    drivers,
    driver,
    setDriverId,
    baudRate,
    setBaudRate,
    blocked,
    connection,
    preview,
    tryAgain: () => setAttempt((count) => count + 1),
    mapping,
    setMapping,
    about,
    setAbout: (change) => setSaid({ ...said, ...change }),
    ready: connection !== null && about.name.trim() !== "" && mapped,
    saving: add.isPending,
    failure: add.isError ? failureOf(add.error) : null,
    save(done) {
      if (connection === null || driver === undefined) return;
      const rate = baudRate ?? driver.serial[0]?.baudRate;
      const settings = driver.serial.find((serial) => serial.baudRate === rate);
      add.mutate(
        {
          driverId: driver.id,
          port,
          name: about.name.trim(),
          place: about.place.trim(),
          exposure: about.exposure,
          ...(settings === undefined || port.startsWith("sim:") ? {} : { serial: settings }),
          ...(driver.needsMapping && mapping.length > 0 ? { mapping: [...mapping] } : {}),
        },
        { onSuccess: done },
      );
    },
  };
}

/** The rows of a text device: proposed from the first keys it prints, then the user's own. */
function useMapping(
  preview: Preview,
  wanted: boolean,
): readonly [readonly MappingRow[], (rows: readonly MappingRow[]) => void] {
  const [rows, setRows] = useState<readonly MappingRow[]>();
  const keys = Object.keys(preview.raw).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: only new keys are a reason to propose again
  useEffect(() => {
    if (!wanted) setRows(undefined);
    else if (rows === undefined && keys !== "") setRows(proposeMapping(preview.raw));
  }, [wanted, keys]);
  return [rows ?? [], setRows];
}

function withDefaults(said: Partial<About>, driver: DriverView | undefined, kind: AddForm["kind"]): About {
  const place = said.place ?? "";
  const title = driver?.title ?? "";
  return {
    place,
    name: said.name ?? (place.trim() === "" ? title : `${place.trim()} · ${title}`),
    exposure: said.exposure ?? (kind === "simulated" ? "indoor" : "unknown"),
  };
}
