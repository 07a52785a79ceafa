import { join } from "node:path";
import { endLike, runAttached } from "../run/hand-over.mjs";
import { REPO_ROOT } from "../setup/repo.mjs";

// Straight from the sources: nothing has to be built to try the server.
const entry = join(REPO_ROOT, "apps", "sync-server", "src", "main.ts");
endLike(await runAttached(process.execPath, ["--conditions=source", entry, ...process.argv.slice(2)], {}));
