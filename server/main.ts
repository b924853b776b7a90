/** The server process. What it does is loaded when its modules can be kept compiled. */
import "./compiled-modules.ts";
import { parseCommandLine, startCommand } from "./command-line.ts";

const usage = `Usage: npm start

Serves the page and the API on one port until it is stopped with Ctrl+C or SIGTERM. Configured by
environment variables, all of which .env.example explains: PORT, HOST, BOOKFINDER_DATA …`;

startCommand(process, (args) => parseCommandLine(args, { usage }));
const { serve } = await import("./serve.ts");
await serve();
