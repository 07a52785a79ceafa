export { type Hosting, openHosting } from "./open-hosting.ts";
