import type { Link, ServedLink } from "@ecolocal/core/api/rpc";

/** A link whose frames wait until somebody is ready to receive them. */
export function createWaitingLink(link: Link): Link {
  let receive: Parameters<Link["onFrame"]>[0] | undefined;
  const waiting: Parameters<Parameters<Link["onFrame"]>[0]>[0][] = [];
  link.onFrame((frame) => {
    if (receive) receive(frame);
    else waiting.push(frame);
  });
  return {
    send: (frame, transfer) => link.send(frame, transfer),
    onClose: (closed) => link.onClose(closed),
    close: () => link.close(),
    onFrame(next) {
      receive = next;
      for (const frame of waiting.splice(0)) next(frame);
    },
  };
}

/** Serves a link as soon as what is needed for that is loaded; nothing that it says meanwhile is lost. */
export function serveLater(link: Link, load: () => Promise<(link: Link) => ServedLink>): ServedLink {
  const waiting = createWaitingLink(link);
  let served: ServedLink | undefined;
  void load().then(
    (serve) => {
      served = serve(waiting);
    },
    () => link.close(),
  );
  return {
    role: () => served?.role(),
    live: () => served?.live() ?? 0,
    close: () => link.close(),
  };
}
