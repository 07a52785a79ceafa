export { type Environment, environmentOf, readEnvironment } from "./environment.ts";
export { LANGUAGES } from "./language.ts";
