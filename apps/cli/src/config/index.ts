export { type Environment, readEnvironment } from "./environment.ts";
