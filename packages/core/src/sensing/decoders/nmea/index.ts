export { createNmeaDecoder } from "./decoder.ts";
export { NMEA_DRIVER } from "./driver.ts";
