process.parentPort.on("message", () => undefined);
