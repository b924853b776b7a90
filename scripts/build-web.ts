/** Builds the page: `node scripts/build-web.ts --help`. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";
import { parseCommandLine, startCommand } from "#server/command-line.ts";

const usage = `Usage: npm run build -- [--if-stale]

Builds the page into web/dist, with a .gz and a .br beside every file worth compressing, so that the
server never compresses the same bytes twice.

  --if-stale   only when a source is newer than the last build`;

const { values } = startCommand(process, (args) =>
  parseCommandLine(args, { usage, options: { "if-stale": { type: "boolean" } } }),
);

const root = join(import.meta.dirname, "..");
const outDir = join(root, "web/dist");
const sources = ["web", "covers", "proto/gen", "package-lock.json", "vite.config.ts"];
/** Fonts and images are compressed already. */
const compressible = /\.(js|css|html|svg|json|txt|webmanifest)$/;
/** Below this the headers cost more than compression saves. */
const sizeMinBytes = 512;

if (values["if-stale"] !== true || isStale()) {
  await build({ configFile: join(root, "vite.config.ts"), logLevel: "warn" });
  const sizeBytes = compressAll();
  console.log(`Built the page: ${(sizeBytes / 1000).toFixed(0)} kB of JavaScript, compressed.`);
}

function isStale(): boolean {
  const index = join(outDir, "index.html");
  return (
    !existsSync(index) ||
    Math.max(...sources.map((path) => newestMs(join(root, path)))) > statSync(index).mtimeMs
  );
}

function newestMs(path: string): number {
  if (path === outDir || !existsSync(path)) {
    return 0;
  }
  const stats = statSync(path);
  if (!stats.isDirectory()) {
    return stats.mtimeMs;
  }
  // The folder's own time changes when a file is taken away.
  const inside = readdirSync(path).map((name) => newestMs(join(path, name)));
  return path === join(root, "web") ? Math.max(...inside) : Math.max(stats.mtimeMs, ...inside);
}

/** Compresses what was built; returns how many bytes of JavaScript it is with gzip. */
function compressAll(): number {
  let scriptBytes = 0;
  for (const name of readdirSync(outDir, { recursive: true, encoding: "utf8" })) {
    const path = join(outDir, name);
    if (!compressible.test(name) || statSync(path).size < sizeMinBytes) {
      continue;
    }
    const content = readFileSync(path);
    const zipped = gzipSync(content, { level: 9 });
    writeFileSync(`${path}.gz`, zipped);
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(content, {
        params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
      }),
    );
    if (name.endsWith(".js")) {
      scriptBytes += zipped.length;
    }
  }
  return scriptBytes;
}
