import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { join } from "node:path";
import { err, ok, type Result } from "@ecolocal/core/shared";
import { deviceFolder } from "./device-folder.ts";
import { readPrivateFile, writePrivateFile } from "./private-file.ts";
import { type SyncFailure, syncFailure } from "./sync-failure.ts";

/** This device's identity in this workspace. The private half is in its file and nowhere else. */
export interface DeviceKey {
  /** Ed25519, 32 bytes, base64url. */
  readonly publicKey: string;
  /** Signs a statement; base64url. */
  sign(statement: string): string;
}

const KEY_FILE = "key.pem";

/** Reads the key of this device, or makes it at the first use. */
export function loadDeviceKey(workspaceDir: string): Result<DeviceKey, SyncFailure> {
  const path = join(deviceFolder(workspaceDir), KEY_FILE);
  try {
    const stored = readPrivateFile(path);
    if (stored !== null) return ok(deviceKey(createPrivateKey(stored)));
    const { privateKey } = generateKeyPairSync("ed25519");
    writePrivateFile(path, privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    return ok(deviceKey(privateKey));
  } catch (error) {
    // The message of a parser may quote what it read; only the kind of trouble is told.
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return err(syncFailure("SYNC_KEY_UNREADABLE", "sync.key", path, `The key file cannot be used (${reason}).`));
  }
}

function deviceKey(privateKey: KeyObject): DeviceKey {
  if (privateKey.asymmetricKeyType !== "ed25519") throw new TypeError("The device key must be an Ed25519 key.");
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  return {
    publicKey: x ?? "",
    sign: (statement) => sign(null, Buffer.from(statement), privateKey).toString("base64url"),
  };
}
