export { createAirrohrDecoder } from "./decoder.ts";
export { AIRROHR_DRIVER } from "./driver.ts";
