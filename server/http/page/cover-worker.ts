/** Draws covers as PNG images, in a thread of its own: one takes some tens of milliseconds. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { type CoverBook, drawCover } from "#covers/cover.ts";
import { svgOf } from "#covers/svg.ts";

/** What previews show: not smaller than 600 pixels high, by the advice of those who show them. */
const WIDTH_PIXELS = 600;

const require = createRequire(import.meta.url);
const fontFiles = [
  "literata/files/literata-latin-wght-normal",
  "literata/files/literata-latin-ext-wght-normal",
  "literata/files/literata-cyrillic-wght-normal",
  "literata/files/literata-greek-wght-normal",
  "literata/files/literata-latin-wght-italic",
  "figtree/files/figtree-latin-wght-normal",
  "figtree/files/figtree-latin-ext-wght-normal",
];
// Scripts that neither has (Arabic, Chinese …) come out without letters: the drawing stays.
const fontBuffers = fontFiles.map((name) =>
  readFileSync(require.resolve(`@fontsource-variable/${name}.woff2`)),
);
const ready = initWasm(readFileSync(require.resolve("@resvg/resvg-wasm/index_bg.wasm")));

parentPort?.on("message", async ({ id, book }: { id: number; book: CoverBook }) => {
  try {
    await ready;
    const image = new Resvg(svgOf(drawCover(book)), {
      fitTo: { mode: "width", value: WIDTH_PIXELS },
      font: { fontBuffers, defaultFontFamily: "Literata" },
    });
    parentPort?.postMessage({ id, png: image.render().asPng() });
    image.free();
  } catch (error) {
    parentPort?.postMessage({ id, problem: String(error) });
  }
});
