/**
 * Is loaded before the modules of the server and of its search processes, so that Node keeps them
 * compiled: to read and compile them is half of what it takes to start. In a folder of our own, since
 * whoever writes there decides what runs; where it can't be written to, starts are as slow as ever.
 */
import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";

/** By now all modules are there. */
const FLUSH_MS = 5000;

enableCompileCache(join(import.meta.dirname, "../.cache/compiled-modules"));
// They are written when a process ends by itself, which is not how these end.
setTimeout(() => flushCompileCache(), FLUSH_MS).unref();
