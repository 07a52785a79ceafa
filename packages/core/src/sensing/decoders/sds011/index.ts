export { createSds011Decoder } from "./decoder.ts";
export { SDS011_DRIVER } from "./driver.ts";
