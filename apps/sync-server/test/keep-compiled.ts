import { flushCompileCache } from "node:module";

// A program that is killed never writes what it compiled, and the next one compiles it again.
setTimeout(flushCompileCache, 2000).unref();
