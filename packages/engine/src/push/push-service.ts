import { randomBytes } from "node:crypto";
import type { PushStatus } from "@ecolocal/core/api";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { PushEndpoint, PushHub } from "@ecolocal/devices/push";
import type { Transport } from "@ecolocal/devices/transport";
import type { EngineLog } from "../log/index.ts";
import { localAddresses } from "../network/local-addresses.ts";
import type { Store } from "../store/index.ts";

/** The endpoint to which devices on the local network post their readings; off until somebody turns it on. */
export interface PushService {
  /** The way to devices that post (`push:<device id>`); works while the endpoint is off, and hears nothing then. */
  transport(): Promise<Transport>;
  /** Opens the endpoint if it is turned on. */
  start(): Promise<void>;
  status(): Promise<PushStatus>;
  configure(change: PushChange): Promise<Result<PushStatus, Failure>>;
  stop(): Promise<void>;
}

export interface PushChange {
  readonly enabled: boolean;
  readonly port?: number | undefined;
  readonly lan?: boolean | undefined;
  readonly newToken: boolean;
}

interface PushSettings {
  readonly enabled: boolean;
  readonly port: number;
  readonly lan: boolean;
  readonly token: string;
}

const SETTING = "push";
/** Unassigned by IANA, and easy to type into a device. */
const DEFAULT_PORT = 8287;
const TOKEN_BYTES = 18;

export function createPushService(store: Store, log: EngineLog): PushService {
  let hub: PushHub | undefined;
  let endpoint: PushEndpoint | undefined;
  let problem: Failure | null = null;

  const theHub = async (): Promise<PushHub> => {
    const { createPushHub } = await import("@ecolocal/devices/push");
    hub ??= createPushHub(store.clock);
    return hub;
  };

  const close = async (): Promise<void> => {
    await endpoint?.close();
    endpoint = undefined;
  };

  const open = async (): Promise<void> => {
    await close();
    problem = null;
    const settings = readSettings(store);
    if (!settings.enabled || store.db.mode === "read-only") return;
    const { openPushEndpoint } = await import("@ecolocal/devices/push");
    const { port, token, lan } = settings;
    const host = lan ? "0.0.0.0" : "127.0.0.1";
    const opened = await openPushEndpoint({ hub: await theHub(), clock: store.clock, token, port, host });
    if (opened.ok) endpoint = opened.value;
    else {
      problem = opened.error;
      log.write("warn", opened.error.detail, { code: opened.error.code });
    }
  };

  const status = async (): Promise<PushStatus> => {
    const { enabled, port, lan } = readSettings(store);
    const devices = hub?.devices() ?? [];
    return {
      enabled,
      open: endpoint !== undefined,
      port: endpoint?.port ?? port,
      lan,
      addresses: addressesOf(lan, endpoint?.port ?? port),
      token: null,
      problem,
      devices: devices.map((device) => ({ ...device })),
    };
  };

  return {
    transport: async () => (await theHub()).transport,
    start: open,
    status,
    async configure({ enabled, port, lan, newToken }) {
      const before = readSettings(store);
      const isNew = newToken || before.token === "";
      const token = isNew ? randomBytes(TOKEN_BYTES).toString("base64url") : before.token;
      const settings: PushSettings = { enabled, port: port ?? before.port, lan: lan ?? before.lan, token };
      const written = store.db.write("push.configure", SETTING, () =>
        store.settings.set(SETTING, JSON.stringify(settings)),
      );
      if (!written.ok) return err(written.error);
      await open();
      store.changes.notify("sensors");
      return ok({ ...(await status()), token: enabled && isNew ? token : null });
    },
    stop: close,
  };
}

/** Without a network only programs of this computer can post. */
function addressesOf(lan: boolean, port: number): string[] {
  const hosts = lan ? localAddresses() : [];
  return (hosts.length > 0 ? hosts : ["127.0.0.1"]).map((host) => `http://${host}:${port}/push`);
}

function readSettings(store: Store): PushSettings {
  const stored = store.settings.get(SETTING);
  const settings: unknown = typeof stored === "string" ? JSON.parse(stored) : {};
  return { enabled: false, port: DEFAULT_PORT, lan: false, token: "", ...(settings as Partial<PushSettings>) };
}
