import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { layerOrder } from "./web/build/layer-order.ts";
import { onlyPageMethods } from "./web/build/only-page-methods.ts";
import { preloadFonts } from "./web/build/preload-fonts.ts";
import { startAfterPaint } from "./web/build/start-after-paint.ts";
import { withoutValidation } from "./web/build/without-validation.ts";

/** Where `vite` finds the server while developing: the address of `npm start`. */
const serverUrl = process.env["BOOKFINDER_SERVER"] ?? "http://localhost:8080";

/** Of what the page imports at once, and not when it needs it. */
const tags: "$initial"[] = ["$initial"];

export default defineConfig({
  root: "web",
  cacheDir: "../node_modules/.vite",
  plugins: [
    react(),
    withoutValidation(),
    onlyPageMethods(),
    layerOrder(),
    startAfterPaint(),
    preloadFonts(["literata-latin-wght-normal", "figtree-latin-wght-normal"]),
  ],
  build: {
    outDir: "dist",
    target: ["chrome123", "edge123", "firefox121", "safari17.5"],
    // A data: URL would need a hole in the content security policy.
    assetsInlineLimit: 0,
    // One style sheet: it is small, and every part would cost a round trip before the first frame.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every page needs in a few files instead of a dozen: few round trips, and each is run in a
        // task of its own (start-after-paint). The order is that in which they need each other.
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, tags },
            { name: "protobuf", test: /node_modules[\\/]@bufbuild/, tags },
            { name: "schema", test: /proto[\\/]gen/, tags },
            { name: "rpc", test: /node_modules/, tags },
            { name: "shell", test: /[\\/]web[\\/](?!index\.html|main\.tsx)/, tags },
          ],
        },
      },
    },
  },
  server: {
    proxy: { "^/(bookfinder\\.v1\\.|BookService/|api/|v1/)": serverUrl },
  },
});
