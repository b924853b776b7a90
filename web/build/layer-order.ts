import type { Plugin } from "vite";

/** The order in which layers win; the same as in web/styles/index.css. */
const order = "@layer reset,tokens,base,ui,page;";

/**
 * Says the order of layers at the head of every built style sheet: what is bundled may put a part's
 * styles before the file that declares the order, and the first mention decides.
 */
export function layerOrder(): Plugin {
  return {
    name: "layer-order",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "asset" || !file.fileName.endsWith(".css")) {
          continue;
        }
        file.source = order + String(file.source);
      }
    },
  };
}
