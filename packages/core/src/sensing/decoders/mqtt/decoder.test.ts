import { describe, expect, test } from "vitest";
import type { DecodeEvent } from "../../decoder.ts";
import type { LineMapping } from "../../driver.ts";
import { decodeInChunks } from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { testDecoderPromises } from "../../testing/fixtures/decoder-promises.ts";
import { createMqttDecoder } from "./decoder.ts";
import { templatePath } from "./home-assistant.ts";
import { writeMessageLine } from "./message-line.ts";
import { matchTopic } from "./topic.ts";

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "utf8"));

function decode(
  messages: readonly (readonly [string, unknown])[],
  mapping: readonly LineMapping[] = [],
): DecodeEvent[] {
  const lines = messages.map(([topic, payload]) =>
    writeMessageLine(topic, typeof payload === "string" ? payload : JSON.stringify(payload)),
  );
  return decodeInChunks(createMqttDecoder({ mapping }), bytes(lines.join("")), 64);
}

const readings = (events: readonly DecodeEvent[]): string[] => framesOf(events).flatMap(readingTexts);

// Synthetic messages, written from the documents that the decoder names as its sources.
const UPLINK = {
  end_device_ids: { device_id: "soil-7", application_ids: { application_id: "garden" } },
  received_at: "2026-05-04T08:00:00.123456789Z",
  uplink_message: {
    f_port: 1,
    decoded_payload: { temp_c: 19.5, moisture_raw: 512 },
    normalized_payload: { air: { temperature: 19.5, relativeHumidity: 61 }, soil: { moisture: 33.1 }, battery: 3.61 },
  },
};

describe("messages of a broker", () => {
  test("mapped by topic and by path into JSON, in canonical units", () => {
    const mapping: LineMapping[] = [
      { key: "home/kitchen/temp", quantity: "temperature", unit: "°F" },
      { key: "home/cellar#bme.pressure", quantity: "pressure", unit: "Pa" },
    ];
    const events = decode(
      [
        ["home/kitchen/temp", "68"],
        ["home/cellar", { bme: { pressure: 101325 } }],
      ],
      mapping,
    );
    expect(readings(events)).toEqual(["temperature 20 Cel", "pressure 1013.25 hPa"]);
    expect(framesOf(events)[0]?.raw).toEqual({ topic: "home/kitchen/temp", value: 68 });
  });

  test("with a wildcard, each topic becomes a channel of its own", () => {
    const mapping: LineMapping[] = [{ key: "zigbee2mqtt/+#temperature", quantity: "temperature", unit: "Cel" }];
    const events = decode(
      [
        ["zigbee2mqtt/hall", { temperature: 20 }],
        ["zigbee2mqtt/loft", { temperature: 25 }],
      ],
      mapping,
    );
    expect(readings(events)).toEqual(["temperature/hall 20 Cel", "temperature/loft 25 Cel"]);
  });

  test("of devices that announced themselves need no mapping", () => {
    const config = {
      "~": "tele/plug1",
      stat_t: "~/SENSOR",
      dev_cla: "power",
      unit_of_meas: "kW",
      val_tpl: "{{ value_json.ENERGY.Power | float | round(1) }}",
      uniq_id: "plug1_power",
    };
    const events = decode([
      ["homeassistant/sensor/plug1/power/config", config],
      ["tele/plug1/SENSOR", { ENERGY: { Power: 1.5 } }],
    ]);
    expect(readings(events)).toEqual(["power/plug1_power 1500 W"]);
    expect(refusalsOf(events)[0]?.[2]).toBe("SENSING_FRAME_NOT_A_READING");
  });

  test("of devices that announce all their values together, too", () => {
    const config = {
      dev: { ids: "x1", name: "Room" },
      stat_t: "room/state",
      cmps: {
        co2: { p: "sensor", dev_cla: "carbon_dioxide", unit_of_meas: "ppm", val_tpl: "{{ value_json['co2.now'] }}" },
        relay: { p: "switch", cmd_t: "room/set" },
      },
    };
    const events = decode([
      ["homeassistant/device/x1/config", config],
      ["room/state", { "co2.now": 640 }],
    ]);
    expect(readings(events)).toEqual(["co2/co2 640 [ppm]"]);
  });

  test("a mapping wins over what a device announces of itself", () => {
    const config = { state_topic: "s", device_class: "temperature", unit_of_measurement: "°C", unique_id: "t" };
    const mapping: LineMapping[] = [{ key: "s", quantity: "soil_temperature", unit: "Cel" }];
    expect(
      readings(
        decode(
          [
            ["homeassistant/sensor/t/config", config],
            ["s", "7"],
          ],
          mapping,
        ),
      ),
    ).toEqual(["soil_temperature 7 Cel"]);
  });

  test("of The Things Stack bring normalised values, one channel per device, at the time of reception", () => {
    const mapping: LineMapping[] = [
      { key: "v3/+/devices/+/up#uplink_message.decoded_payload.moisture_raw", quantity: "unknown", unit: "adc" },
    ];
    const [frame] = framesOf(decode([["v3/garden@ttn/devices/soil-7/up", UPLINK]], mapping));
    expect(readingTexts(frame)).toEqual([
      "unknown/garden@ttn/soil-7 512 adc",
      "temperature/soil-7 19.5 Cel",
      "humidity/soil-7 61 %",
      "soil_moisture/soil-7 33.1 %",
      "battery_voltage/soil-7 3.61 V",
    ]);
    expect(frame?.at).toBe(Date.UTC(2026, 4, 4, 8, 0, 0, 123));
  });

  test("that nobody maps stay raw, and what is no message is refused", () => {
    const stream = `${writeMessageLine("a", "line one\nline two")}{"topic":1}\nhello\n`;
    const events = decodeInChunks(createMqttDecoder(), bytes(stream), 7);
    expect(framesOf(events)[0]).toMatchObject({ readings: [], raw: { topic: "a", value: "line one\nline two" } });
    expect(refusalsOf(events).map(([, , code]) => code)).toEqual([
      "SENSING_FRAME_MALFORMED",
      "SENSING_BYTES_UNRECOGNISED",
    ]);
  });

  test.each([
    ["{{ value_json.temperature }}", "temperature"],
    ["{{value_json.a.b|float(0)|round(2)}}", "a.b"],
    ["{{ value_json['pm2.5'] }}", "pm2.5"],
    ['{{ value_json["x"][0].y | int }}', "x.0.y"],
    ["{{ value }}", ""],
    ["{{ value_json.a + 1 }}", null],
    ["{{ value_json.a | multiply(10) }}", null],
    ["{% if value %}1{% endif %}", null],
    ["{{ states('x') }}", null],
  ])("template %s is read as a path or left alone, never executed", (template, path) => {
    expect(templatePath(template)).toBe(path);
  });

  test.each([
    ["a/b", "a/b", ""],
    ["a/+", "a/b", "b"],
    ["+/x/+", "1/x/2", "1/2"],
    ["a/#", "a/b/c", "b/c"],
    ["#", "a", "a"],
    ["a/+", "a/b/c", null],
    ["a/b/c", "a/b", null],
  ])("filter %s against topic %s", (filter, topic, wild) => {
    expect(matchTopic(filter, topic)).toBe(wild);
  });

  const frames = [1, 2, 3].map((i) => bytes(writeMessageLine(`home/room${i}`, JSON.stringify({ t: 20 + i, u: "é" }))));
  testDecoderPromises({
    create: () => createMqttDecoder({ mapping: [{ key: "home/+#t", quantity: "temperature", unit: "Cel" }] }),
    frames,
    tricks: [
      bytes('{"topic":"home/room1"}\n'),
      bytes("\r\n"),
      bytes('{"topic":"homeassistant/sensor/x/config","payload":{}}\n'),
    ],
    falseFrames: 0,
    lossPerByte: 2,
    neverWrong: false,
  });
});
