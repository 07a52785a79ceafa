import { createRequire } from "node:module";
import { ReadlineParser } from "@serialport/parser-readline";
import GPS from "gps";
import * as nmeaSimple from "nmea-simple";
import { crc16Arc } from "../../packages/core/src/sensing/framing/crc16-arc.ts";
import { chunksOf } from "./streams.ts";

const require = createRequire(import.meta.url);
const { SmlFile } = require("open-sml") as { SmlFile: new () => { valid?: boolean; parse(file: Buffer): void } };
const Papa = require("papaparse") as { parse(text: string, options: object): void };
// The package's own entry opens a serial port; its parser does not.
const parsePacket = require("p1-reader/lib/parsePacket.js") as (packet: string) => { meterType: string };

/** A parser of npm for the protocol of one of our drivers; decodes a whole stream and counts its frames. */
export interface Peer {
  readonly driverId: string;
  readonly name: string;
  /** It does less than the job: shows what there is to lose, and is no mark to meet. */
  readonly partial?: boolean;
  decode(stream: Uint8Array): number;
}

/** The best known ones that can be had without a serial port; none is published for the protocols not named here. */
export const PEERS: readonly Peer[] = [
  { driverId: "nmea", name: "gps", decode: decodeGps },
  { driverId: "nmea", name: "nmea-simple", decode: decodeNmeaSimple },
  { driverId: "sml", name: "open-sml (smartmeter-obis)", decode: decodeOpenSml },
  { driverId: "dsmr", name: "p1-reader", decode: decodeP1Reader },
  { driverId: "airrohr", name: "papaparse", decode: decodePapaparse },
  { driverId: "lines", name: "@serialport/parser-readline and JSON.parse", partial: true, decode: decodeReadline },
];

const toText = (chunk: Uint8Array): string =>
  Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString("latin1");

function decodeGps(stream: Uint8Array): number {
  const gps = new GPS();
  let frames = 0;
  gps.on("data", (data: { valid?: boolean }) => {
    if (data.valid) frames += 1;
  });
  for (const chunk of chunksOf(stream)) gps.updatePartial(toText(chunk));
  return frames;
}

/** Whole lines of a stream, whatever the chunks. */
function* linesOf(stream: Uint8Array): Generator<string> {
  let rest = "";
  for (const chunk of chunksOf(stream)) {
    const lines = (rest + toText(chunk)).split("\r\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/** It throws at sentences that it does not know, which are left out as its own example does. */
function decodeNmeaSimple(stream: Uint8Array): number {
  let frames = 0;
  for (const line of linesOf(stream)) {
    try {
      nmeaSimple.parseNmeaSentence(line);
      frames += 1;
    } catch {}
  }
  return frames;
}

const SML_START = Buffer.from("1b1b1b1b01010101", "hex");

/** The package parses a file that somebody else has cut out, which is done as smartmeter-obis does: at the next start. */
function decodeOpenSml(stream: Uint8Array): number {
  let rest: Buffer = Buffer.alloc(0);
  let frames = 0;
  const parse = (file: Buffer): void => {
    const sml = new SmlFile();
    sml.parse(file);
    if (sml.valid) frames += 1;
  };
  for (const chunk of chunksOf(stream)) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(SML_START, 1); end > 0; end = rest.indexOf(SML_START, 1)) {
      parse(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  }
  if (rest.length > 0) parse(rest);
  return frames;
}

/**
 * As its own main file does: telegrams end with `!` and four digits. It leaves the checksum out, which is added here, so
 * that both do the same work.
 */
function decodeP1Reader(stream: Uint8Array): number {
  let rest = "";
  let frames = 0;
  for (const chunk of chunksOf(stream)) {
    rest += toText(chunk);
    for (let end = rest.search(/![0-9A-F]{4}\r\n/); end >= 0; end = rest.search(/![0-9A-F]{4}\r\n/)) {
      const printed = Number.parseInt(rest.slice(end + 1, end + 5), 16);
      const isWhole = crc16Arc(Buffer.from(rest.slice(0, end + 1), "latin1")) === printed;
      if (isWhole && parsePacket(rest.slice(0, end)).meterType !== "") frames += 1;
      rest = rest.slice(end + 7);
    }
  }
  return frames;
}

function decodePapaparse(stream: Uint8Array): number {
  let rows = 0;
  Papa.parse(toText(stream), {
    delimiter: ";",
    header: true,
    dynamicTyping: true,
    skipEmptyLines: true,
    step: () => {
      rows += 1;
    },
  });
  return rows;
}

function decodeReadline(stream: Uint8Array): number {
  const parser = new ReadlineParser({ delimiter: "\r\n" });
  let frames = 0;
  parser.on("data", (line: string) => {
    if (typeof (JSON.parse(line) as { temp?: number }).temp === "number") frames += 1;
  });
  for (const chunk of chunksOf(stream)) parser.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
  return frames;
}
