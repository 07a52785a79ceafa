export { applyFaults, FAULT_KINDS, type FaultKind, type FaultRates, type FaultyFrame } from "./faults.ts";
export { createPtyPair, type PtyFailure, type PtyPair } from "./pty-pair.ts";
export { createSimulator, type Simulator, type SimulatorOptions, type SimulatorSink } from "./simulator.ts";
export { ptySink, streamSink } from "./sinks.ts";
