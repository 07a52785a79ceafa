export { createRtl433Decoder } from "./decoder.ts";
export { RTL433_DRIVER } from "./driver.ts";
