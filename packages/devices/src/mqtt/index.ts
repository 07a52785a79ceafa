export { type MqttAddress, parseMqttAddress } from "./address.ts";
export { mqttTransport } from "./transport.ts";
