export { type Contract, contract } from "./contract.ts";
export { type HostContract, hostContract, type LifecycleContract, lifecycleContract } from "./contract-host.ts";
export { ERROR_TABLE, type ErrorEntry, errorEntry, type FailureCode, isFailureCode } from "./error-table.ts";
export {
  type CallDefinition,
  type CallName,
  type ContractShape,
  type ErrorCode,
  type In,
  type Out,
  type ParsedIn,
  type RawOut,
  ROLES,
  type Role,
  type StreamDefinition,
  type StreamName,
} from "./rpc/define.ts";
export { isRpcError, RpcError, type RpcFailure, TRANSPORT_CODES, type TransportCode } from "./rpc/failure.ts";
export type * from "./types.ts";
