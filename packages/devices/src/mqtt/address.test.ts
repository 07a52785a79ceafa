import { describe, expect, test } from "vitest";
import { parseMqttAddress } from "./address.ts";

describe("address of a broker", () => {
  test("is a host and a topic, wildcards as they are", () => {
    expect(parseMqttAddress("mqtt://broker.local/zigbee2mqtt/+/x/#")).toMatchObject({
      broker: "mqtt://broker.local:1883",
      topics: ["zigbee2mqtt/+/x/#"],
      credentialsFile: null,
    });
    expect(parseMqttAddress("mqtts://[fd00::5]:8884/a")).toMatchObject({ broker: "mqtts://[fd00::5]:8884" });
  });

  test("may name several topics, announcements first, and files with secrets", () => {
    expect(parseMqttAddress("mqtts://h/room/#?topic=homeassistant&credentials=/etc/x&ca=/etc/y.pem&client=me")).toEqual(
      {
        broker: "mqtts://h:8883",
        topics: ["homeassistant/sensor/#", "homeassistant/device/#", "room/#"],
        credentialsFile: "/etc/x",
        caFile: "/etc/y.pem",
        clientId: "me",
      },
    );
  });

  test.each([
    "mqtt://user:secret@broker/topic",
    "mqtt://broker",
    "mqtt://broker/",
    "mqtt://broker/a#b",
    "mqtt://broker/#/a",
    "mqtt://broker/a+/b",
    "mqtt://broker:99999/a",
    "mqtt://broker/%E0%A4",
    "http://broker/a",
    "/dev/ttyUSB0",
  ])("%s is none", (text) => {
    expect(parseMqttAddress(text)).toBeNull();
  });
});
