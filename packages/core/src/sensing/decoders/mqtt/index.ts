export { createMqttDecoder, MAX_MESSAGE_LENGTH } from "./decoder.ts";
export { MQTT_DRIVER } from "./driver.ts";
export { writeMessageLine } from "./message-line.ts";
