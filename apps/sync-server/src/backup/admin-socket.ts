import fs from "node:fs";
import http from "node:http";
import path from "node:path";

/** The door for commands on the same machine: a socket in the data folder, open to its owner only. */
export interface AdminSocket {
  close(): Promise<void>;
}

const FILE = "admin.sock";

/** Serves `POST /backup`; the embedded database belongs to one process, so commands ask it instead of opening it. */
export async function serveAdminSocket(directory: string, backup: () => Promise<unknown>): Promise<AdminSocket> {
  const file = path.join(directory, FILE);
  fs.rmSync(file, { force: true });
  const server = http.createServer((request, response) => {
    if (request.method !== "POST" || request.url !== "/backup") {
      response.writeHead(404).end();
      return;
    }
    backup().then(
      (answer) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer)),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(file, resolve);
  });
  fs.chmodSync(file, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Asks the server that holds this data folder; `null` when none answers. */
export function askRunningServer(directory: string, verb: "backup"): Promise<unknown | null> {
  return new Promise((resolve) => {
    const request = http.request(
      { socketPath: path.join(directory, FILE), path: `/${verb}`, method: "POST" },
      (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("end", () => {
          resolve(response.statusCode === 200 ? JSON.parse(Buffer.concat(pieces).toString("utf8")) : null);
        });
      },
    );
    request.on("error", () => resolve(null));
    request.end();
  });
}
