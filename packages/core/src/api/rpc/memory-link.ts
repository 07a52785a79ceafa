import type { Frame, Link } from "./wire.ts";

interface End {
  receive: ((frame: Frame) => void) | undefined;
  readonly waiting: Frame[];
  readonly closed: (() => void)[];
}

/**
 * Two ends of a link inside one process: the window of the process that hosts the workspace, and tests.
 *
 * Frames pass by reference in later microtasks, in order; neither end may change what it sent.
 */
export function createMemoryLinkPair(): readonly [Link, Link] {
  const left: End = { receive: undefined, waiting: [], closed: [] };
  const right: End = { receive: undefined, waiting: [], closed: [] };
  const state = { open: true };
  return [createEnd(left, right, state), createEnd(right, left, state)];
}

function createEnd(own: End, peer: End, state: { open: boolean }): Link {
  return {
    send(frame) {
      if (!state.open) return "closed";
      void Promise.resolve().then(() => deliver(peer, frame, state));
      return "sent";
    },
    onFrame(receive) {
      own.receive = receive;
      for (const frame of own.waiting.splice(0)) receive(frame);
    },
    onClose(listener) {
      if (state.open) own.closed.push(listener);
      else listener();
    },
    close() {
      if (!state.open) return;
      // After the frames already on their way, as a socket would.
      void Promise.resolve().then(() => {
        if (!state.open) return;
        state.open = false;
        for (const listener of [...own.closed.splice(0), ...peer.closed.splice(0)]) listener();
      });
    },
  };
}

function deliver(end: End, frame: Frame, state: { readonly open: boolean }): void {
  if (!state.open) return;
  if (end.receive) end.receive(frame);
  else end.waiting.push(frame);
}
