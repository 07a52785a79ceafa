/**
 * A process that uses a workspace, for tests with more than one: `node host-process.ts DIR ROLE`.
 *
 * Prints one JSON line for every change of its mode and for every reading that was stored.
 */
import { connectWorkspace } from "../src/workspace/index.ts";

const [dir = "", role = "app"] = process.argv.slice(2);
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const connected = await connectWorkspace(dir, { role: role === "cli" ? "cli" : "app", appVersion: "1.0.0" });
if (!connected.ok) {
  say({ failure: connected.error });
  process.exit(1);
}
const { client, mode, onMode, close } = connected.value;
onMode((next) => say({ mode: next }));
say({ mode: mode(), ready: true });

process.on("SIGTERM", () => {
  void close().then(() => process.exit(0));
});

for await (const { channelId, at, value, stored, quantity } of client.stream("sensor.watch", {})) {
  if (stored) say({ channelId, at, value, quantity });
}
