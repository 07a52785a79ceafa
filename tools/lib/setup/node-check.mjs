/** The oldest Node whose npm installs this workspace; the app itself runs under the pinned Node 24. */
export const OLDEST_NODE_MAJOR = 20;

/**
 * @param {string} version as in `process.versions.node`
 * @returns {number}
 */
export function nodeMajor(version) {
  return Number.parseInt(version, 10);
}

/**
 * Says how to get a newer Node, or nothing when the running one is new enough.
 *
 * @param {string} version as in `process.versions.node`
 * @param {string} platform as in `process.platform`
 * @returns {string | undefined}
 */
export function nodeTooOldMessage(version, platform) {
  if (nodeMajor(version) >= OLDEST_NODE_MAJOR) return undefined;
  return [
    `EcoLocal needs Node ${OLDEST_NODE_MAJOR} or newer to set itself up; this is Node ${version}.`,
    ...howToGetNode(platform, String(OLDEST_NODE_MAJOR)),
  ].join("\n");
}

/**
 * @param {string} platform
 * @param {string} major
 * @returns {string[]}
 */
export function howToGetNode(platform, major) {
  const wanted = major === String(OLDEST_NODE_MAJOR) ? "24" : major;
  if (platform === "darwin") {
    return [`  With Homebrew:  brew install node@${wanted}`, `  Without:        https://nodejs.org/en/download`];
  }
  if (platform === "win32") {
    return [`  With winget:    winget install OpenJS.NodeJS.LTS`, `  Without:        https://nodejs.org/en/download`];
  }
  return [
    "  Debian 12's own package is Node 18. A newer one without root:",
    "    curl -fsSL https://fnm.vercel.app/install | bash",
    `    fnm install ${wanted}`,
    `  or unpack the archive from https://nodejs.org/dist/latest-v${wanted}.x/ and put its bin folder on your PATH.`,
  ];
}

/** Ends the process with the message when the running Node is too old. */
export function requireNode() {
  const message = nodeTooOldMessage(process.versions.node, process.platform);
  if (message === undefined) return;
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
