import { join } from "node:path";
import { endLike, runAttached } from "../run/hand-over.mjs";
import { REPO_ROOT } from "../setup/repo.mjs";

const entry = join(REPO_ROOT, "apps", "sync-server", "test", "drills", "main.ts");
endLike(await runAttached(process.execPath, ["--conditions=source", entry, ...process.argv.slice(2)], {}));
