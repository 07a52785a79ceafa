export { createVeDirectDecoder } from "./decoder.ts";
export { VEDIRECT_DRIVER } from "./driver.ts";
