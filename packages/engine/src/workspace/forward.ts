import { type Contract, contract } from "@ecolocal/core/api";
import type { CallContext, Client, Handlers } from "@ecolocal/core/api/rpc";

type AnyHandler = (input: unknown, context: CallContext) => unknown;
interface AnyClient {
  ask(procedure: string, input: unknown, options: unknown): unknown;
  stream(procedure: string, input: unknown, options: unknown): unknown;
}

/**
 * The contract of a workspace for an interface that talks to this process: answered by its own engine while it hosts
 * the workspace, handed on to the owner otherwise. Which of the two may change with every request.
 */
export function forwardingHandlers(
  client: Client<Contract>,
  own: () => Handlers<Contract> | undefined,
): Handlers<Contract> {
  const far = client as unknown as AnyClient;
  const entries = Object.entries(contract).map(([name, { kind }]) => {
    const forward: AnyHandler =
      kind === "call"
        ? (input, { signal }) => far.ask(name, input, { signal })
        : (input, { signal }) => far.stream(name, input, { signal });
    const handler: AnyHandler = (input, context) => {
      const near = own() as Readonly<Record<string, AnyHandler>> | undefined;
      return (near?.[name] ?? forward)(input, context);
    };
    return [name, handler] as const;
  });
  return Object.fromEntries(entries) as unknown as Handlers<Contract>;
}
