/** The server process. What it does is loaded when its modules can be kept compiled. */
import "./compiled-modules.ts";

const { serve } = await import("./serve.ts");
await serve();
