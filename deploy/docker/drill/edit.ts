import { AckingClient } from "../../../apps/sync-server/test/acking-client.ts";

const [mode, url = "", token = ""] = process.argv.slice(2);
if (mode === "write") {
  const writer = new AckingClient({ url, token }, "v1");
  writer.write();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  process.stdout.write(JSON.stringify([...writer.acknowledged]));
  process.exit(0);
}
process.stdout.write(JSON.stringify([...(await AckingClient.readAll({ url, token }))]));
