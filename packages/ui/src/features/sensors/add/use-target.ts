import type { DriverView } from "@ecolocal/core/api";
import { useState } from "react";
import { useEngine } from "../../../client/index.ts";
import type { Serial } from "./serial-text.ts";
import type { Connection } from "./use-preview.ts";

/** Which device is meant, and as what it is read. */
export interface Target {
  readonly port: string;
  readonly setPort: (port: string) => void;
  readonly drivers: readonly DriverView[];
  readonly driver: DriverView | undefined;
  readonly setDriverId: (id: string) => void;
  /** Line settings of the driver; empty where there is no line. */
  readonly serials: readonly Serial[];
  readonly serial: Serial | undefined;
  readonly setSerial: (serial: Serial) => void;
  readonly variant: string | undefined;
  readonly setVariant: (id: string) => void;
  /** The chosen port has a problem that the list already explains. */
  readonly blocked: boolean;
  readonly connection: Connection | null;
}

interface Choice {
  readonly driverId?: string;
  readonly serial?: Serial;
  readonly variant?: string;
}

/** Chosen once per sheet, so that a simulated sensor keeps its values while its form is filled in. */
const newSeed = (): number => Math.floor(Math.random() * 100_000);

export function useTarget(kind: "device" | "simulated"): Target {
  const [typedPort, setTypedPort] = useState("");
  const [choice, setChoice] = useState<Choice>({});
  const [seed] = useState(newSeed);
  const ports = useEngine("port.list", {}, { enabled: kind === "device" });
  const drivers = useEngine("driver.list", {}).data ?? [];
  const known = ports.data?.find(({ path }) => path === typedPort);
  const likely = known?.likelyDrivers[0] ?? (kind === "simulated" ? drivers[0]?.id : undefined);
  const driver = drivers.find(({ id }) => id === (choice.driverId ?? likely));
  const port = kind === "simulated" && driver ? `sim:${driver.id}?seed=${seed}` : typedPort.trim();
  const blocked = known !== undefined && known.problem !== null;
  const line = lineOf(port, driver, choice);
  return {
    port,
    setPort(next) {
      setTypedPort(next);
      setChoice(next.startsWith("mqtt") ? { driverId: "mqtt" } : {});
    },
    drivers,
    driver,
    setDriverId: (driverId) => setChoice({ driverId }),
    ...line,
    setSerial: (serial) => setChoice((before) => ({ ...before, serial })),
    setVariant: (variant) => setChoice((before) => ({ ...before, variant })),
    blocked,
    connection: blocked ? null : connectionTo(port, driver, line),
  };
}

type Line = Pick<Target, "serials" | "serial" | "variant">;

/** Whether a port has a serial line whose settings matter. */
const hasLine = (port: string): boolean => !/^(sim|mqtts?|tcp|push):/.test(port);

/** What was chosen where the driver knows it, else what the driver takes first. */
function lineOf(port: string, driver: DriverView | undefined, choice: Choice): Line {
  const serials = hasLine(port) ? (driver?.serial ?? []) : [];
  const variants = driver?.variants ?? [];
  const known = variants.find(({ id }) => id === choice.variant) ?? variants[0];
  return {
    serials,
    serial: serials.length === 0 ? undefined : (choice.serial ?? serials[0]),
    variant: known?.id,
  };
}

function connectionTo(port: string, driver: DriverView | undefined, { serial, variant }: Line): Connection | null {
  if (driver === undefined || port === "") return null;
  return { driverId: driver.id, port, ...(serial ? { serial } : {}), ...(variant ? { variant } : {}) };
}
