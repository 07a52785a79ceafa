export { connectLocal, type LocalServer, listenLocal } from "./local-socket.ts";
export { createFrameReader, createSocketLink, type FrameReader } from "./socket-link.ts";
