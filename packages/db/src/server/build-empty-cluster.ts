// The build runs this after the compiler.
import { writeEmptyCluster } from "./empty-cluster.ts";

await writeEmptyCluster();
