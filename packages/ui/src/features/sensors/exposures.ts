import type { SensorView } from "@ecolocal/core/api";

export const EXPOSURES: readonly SensorView["exposure"][] = ["indoor", "outdoor", "mobile", "unknown"];
