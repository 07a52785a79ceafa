export { createMhz19Decoder } from "./decoder.ts";
export { MHZ19_DRIVER } from "./driver.ts";
