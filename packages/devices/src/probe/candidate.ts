import type { DecodedReading, DriverSpec, SerialSettings } from "@ecolocal/core/sensing";

/**
 * How sure a finding is: `certain` the protocol's own check held often enough, `likely` the shape is one of a kind,
 * `possible` text with numbers, which anything can print.
 */
export type ProbeConfidence = "certain" | "likely" | "possible";

/** A driver that understood what came, with the reasons to believe it. */
export interface ProbeCandidate {
  readonly driverId: string;
  readonly title: string;
  readonly serial: SerialSettings;
  readonly confidence: ProbeConfidence;
  readonly framesOk: number;
  readonly framesBad: number;
  /** The device's own identity, where it says one. */
  readonly identity: string | null;
  /** The device was asked a question; otherwise it spoke by itself. */
  readonly asked: boolean;
  /** One line for people: `12 frames, 0 bad, device id 58D9`. */
  readonly evidence: string;
  /** The last readings, to compare with what the place is like. */
  readonly readings: readonly DecodedReading[];
}

/** What one driver made of the bytes of one step. */
export interface Tally {
  readonly driver: DriverSpec;
  readonly framesOk: number;
  readonly framesBad: number;
  readonly bytesInFrames: number;
  readonly bytesHeard: number;
  readonly identities: ReadonlySet<string>;
  readonly header: boolean;
  readonly readings: readonly DecodedReading[];
}

/** Good frames that a protocol has to show before it is believed, by the strength of its check. */
const FRAMES_NEEDED = { crc: 1, sum: 2, none: 2 } as const;
/** Text is only taken for a sensor's when most of it is. */
const LEAST_TEXT_SHARE = 0.5;
const RANK: Readonly<Record<ProbeConfidence, number>> = { certain: 2, likely: 1, possible: 0 };

export function frameCheckOf(driver: DriverSpec): "none" | "sum" | "crc" {
  return driver.frameCheck ?? (driver.firstFrameMayBeCut ? "none" : "sum");
}

/** Judges a tally; `null` when it is no reason to believe in the driver. */
export function toCandidate(tally: Tally, serial: SerialSettings): ProbeCandidate | null {
  const confidence = judge(tally);
  if (confidence === null) return null;
  const { driver, framesOk, framesBad, identities, readings } = tally;
  const [identity = null] = identities;
  return {
    driverId: driver.id,
    title: driver.title,
    serial,
    confidence,
    framesOk,
    framesBad,
    identity: identities.size === 1 ? identity : null,
    asked: false,
    evidence: describe(tally),
    readings,
  };
}

/** Puts the best-founded candidate first. */
export function rank(candidates: readonly ProbeCandidate[]): ProbeCandidate[] {
  return [...candidates].sort(
    (a, b) => RANK[b.confidence] - RANK[a.confidence] || b.framesOk - b.framesBad - (a.framesOk - a.framesBad),
  );
}

function judge(tally: Tally): ProbeConfidence | null {
  const { driver, framesOk, framesBad, bytesInFrames, bytesHeard, header, readings } = tally;
  const check = frameCheckOf(driver);
  const enough = framesOk >= FRAMES_NEEDED[check] && framesOk > framesBad;
  if (check !== "none") return enough ? "certain" : null;
  const isOneOfAKind = driver.quantities.length > 0;
  if (isOneOfAKind) return header || (enough && readings.length > 0) ? "likely" : null;
  return enough && bytesInFrames >= bytesHeard * LEAST_TEXT_SHARE ? "possible" : null;
}

function describe({ driver, framesOk, framesBad, identities, header }: Tally): string {
  const unit = frameCheckOf(driver) === "none" ? "line" : "frame";
  const parts = [`${framesOk} ${framesOk === 1 ? unit : `${unit}s`}`, `${framesBad} bad`];
  if (header) parts.push("header line seen");
  if (identities.size === 1) parts.push(`device id ${[...identities].join("")}`);
  if (identities.size > 1) parts.push(`${identities.size} device ids`);
  return parts.join(", ");
}
