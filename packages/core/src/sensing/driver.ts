import type { Quantity } from "../shared/index.ts";
import type { Decoder } from "./decoder.ts";

/** Serial line settings of one way to talk to a device. */
export interface SerialSettings {
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly parity: "none" | "even" | "odd";
  readonly stopBits: 1 | 2;
}

export interface DecoderOptions {
  /** Explicit column mappings of the text-line driver; other drivers ignore them. */
  readonly mapping?: readonly LineMapping[];
  /** The header line seen earlier on this port (airRohr CSV, generic CSV). */
  readonly header?: string;
  /** Which of the driver's `variants` is attached, where frames do not tell. */
  readonly variant?: string;
}

/** One member of a family of devices that only a person can tell from the others. */
export interface DriverVariant {
  readonly id: string;
  readonly title: string;
}

/** Says what one key or column of a text line means; unmapped keys stay raw. */
export interface LineMapping {
  /** A JSON path (`a.b`), a key, or a 1-based column number as text. */
  readonly key: string;
  readonly quantity: Quantity;
  /** UCUM or customary unit the device prints; converted to the canonical unit. */
  readonly unit: string;
  readonly channel?: string;
}

/**
 * What EcoLocal knows about a family of devices, as data plus a decoder factory.
 *
 * `expectedIntervalMs` is how often the device speaks, `silentAfterMs` when it counts as silent (the watchdog),
 * `storeIntervalMs` the default interval to which fast devices are aggregated.
 */
export interface DriverSpec {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly serial: readonly SerialSettings[];
  readonly quantities: readonly Quantity[];
  readonly expectedIntervalMs: number;
  readonly silentAfterMs: number;
  readonly storeIntervalMs: number;
  readonly interByteTimeoutMs: number;
  /** USB ids that make this driver likely, `vid:pid` in lower-case hex; a hint, never proof. */
  readonly usbHints: readonly string[];
  /** Frames carry no checksum: the first one after opening a port may be cut and still look good, so it is not stored. */
  readonly firstFrameMayBeCut?: boolean;
  /**
   * How strongly a good frame proves this driver: `crc` one is enough, `sum` two are, `none` proves nothing by itself.
   * Default: `none` where the first frame may be cut, else `sum`.
   */
  readonly frameCheck?: "none" | "sum" | "crc";
  /** Frames of one stream come from different devices (radio receivers, brokers): their identity is no mark of the sensor. */
  readonly manyDevices?: boolean;
  /** Reads messages that come over the network; listening for it on a serial port makes no sense. */
  readonly network?: boolean;
  /** The device says nothing unless it is asked: it needs a poller, and listening alone does not find it. */
  readonly polled?: boolean;
  /** Laser and fan can rest between two measurements, which are then up to half an hour apart. */
  readonly canRest?: boolean;
  /** Members of the family that look alike on the wire; the first one is assumed unless `DecoderOptions.variant` says. */
  readonly variants?: readonly DriverVariant[];
  createDecoder(options?: DecoderOptions): Decoder;
}
