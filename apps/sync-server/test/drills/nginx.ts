import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { freePort } from "@ecolocal/db/server/testing";

/** Weights: ports that share the traffic, or a share of devices that goes to other ports. */
export interface Routing {
  readonly stable: readonly number[];
  readonly canary?: { readonly ports: readonly number[]; readonly percent: number };
}

export interface Nginx {
  readonly origin: string;
  /** New connections follow the new routing; live ones stay where they are. */
  route(routing: Routing): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an nginx of our own; the same settings as deploy/nginx, which its defaults get wrong for WebSockets. */
export async function startNginx(folder: string, first: Routing): Promise<Nginx> {
  const port = await freePort();
  const file = path.join(folder, "nginx.conf");
  fs.writeFileSync(file, configuration(folder, port, first));
  const child = spawn("nginx", ["-p", folder, "-c", file, "-e", path.join(folder, "nginx.log"), "-g", "daemon off;"], {
    stdio: "ignore",
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once("error", () => reject(new TypeError("nginx is missing: apt-get install nginx-light.")));
    const look = setInterval(() => {
      if (!fs.existsSync(path.join(folder, "nginx.pid"))) return;
      clearInterval(look);
      resolve();
    }, 50);
  });
  return {
    origin: `ws://127.0.0.1:${port}`,
    async route(routing) {
      fs.writeFileSync(file, configuration(folder, port, routing));
      child.kill("SIGHUP");
      await new Promise((resolve) => setTimeout(resolve, 500));
    },
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

function configuration(folder: string, port: number, routing: Routing): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `  ${kind}_temp_path ${path.join(folder, `nginx-${kind}`)};`)
    .join("\n");
  const { canary } = routing;
  const split =
    canary === undefined || canary.percent <= 0
      ? `  map "" $pool { default stable; }`
      : canary.percent >= 100
        ? `  map "" $pool { default canary; }`
        : `  split_clients "$arg_device" $pool { ${canary.percent}% canary; * stable; }`;
  const shared = process.getuid?.() === 0 ? "user root;\n" : "";
  return `${shared}worker_processes 1;
pid ${path.join(folder, "nginx.pid")};
error_log ${path.join(folder, "nginx.log")} warn;
worker_shutdown_timeout 60s;
events { worker_connections 4096; }
http {
  access_log off;
${temporary}
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
${upstream("stable", routing.stable)}
${canary === undefined ? "" : upstream("canary", canary.ports)}
${split}
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://$pool;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_read_timeout 3600s;
      proxy_next_upstream error timeout http_502 http_503;
      proxy_next_upstream_tries 4;
    }
  }
}
`;
}

// max_fails=0: otherwise one refused upgrade takes a healthy node out for ten seconds, and a WebSocket that works for
// hours counts as a success only when it ends.
function upstream(name: string, ports: readonly number[]): string {
  const servers = ports.map((port) => `    server 127.0.0.1:${port} max_fails=0;`).join("\n");
  return `  upstream ${name} {\n    zone ${name} 64k;\n    least_conn;\n${servers}\n  }`;
}
