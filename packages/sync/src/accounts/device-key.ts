import { createHash, createPublicKey, verify } from "node:crypto";

/** An Ed25519 public key as a device gives it: 32 bytes, base64url. */
export type DevicePublicKey = string;

const RAW_KEY_BYTES = 32;

/** What a device signs to join: the invitation's hash and its own key, so that neither can be swapped on the way. */
export function joinStatement(secretHash: string, publicKey: DevicePublicKey): string {
  return `ecolocal-join-v1\n${secretHash}\n${publicKey}`;
}

/** What a device signs to get an access token. */
export function loginStatement(deviceId: string, challenge: string): string {
  return `ecolocal-login-v1\n${deviceId}\n${challenge}`;
}

/** Checks a device's signature (base64url) over a statement; malformed keys and signatures are simply wrong. */
export function isSignedBy(publicKey: DevicePublicKey, statement: string, signature: string): boolean {
  const raw = Buffer.from(publicKey, "base64url");
  if (raw.byteLength !== RAW_KEY_BYTES) return false;
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") }, format: "jwk" });
    return verify(null, Buffer.from(statement), key, Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}

/** SHA-256 of an invitation's secret, hex: what the server keeps. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
