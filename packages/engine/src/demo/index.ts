export { buildDemo, type DemoContext, ensureDemoAt, exchangeDemo } from "./build-demo.ts";
export { DEMO_DAYS } from "./demo-history.ts";
export { createDemoTransport } from "./demo-transport.ts";
export { topUpDemo } from "./top-up.ts";
