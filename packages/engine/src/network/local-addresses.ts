import { networkInterfaces } from "node:os";

/** IPv4 addresses of this computer in its local networks; cable and Wi-Fi before virtual ones. */
export function localAddresses(): string[] {
  const found = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter(({ family, internal }) => family === "IPv4" && !internal)
      .map(({ address }) => ({ name, address })),
  );
  return found.sort((a, b) => rank(a) - rank(b)).map(({ address }) => address);
}

const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vbox|tun|tap|utun|zt|wg)/i;
const LINK_LOCAL = /^169\.254\./;

function rank({ name, address }: { readonly name: string; readonly address: string }): number {
  return (VIRTUAL.test(name) ? 2 : 0) + (LINK_LOCAL.test(address) ? 1 : 0);
}
