/** Asks the server on this machine how it is: the health check of the container image. */
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { parseCommandLine, startCommand } from "./command-line.ts";
import { parseConfig } from "./config.ts";

const usage = `Usage: node server/health-cli.ts

Asks the server that runs on this machine with the same settings whether it is ready for requests.
Ends with 0 if it is; otherwise with 1 and what it said.`;

startCommand(process, (args) => parseCommandLine(args, { usage }));

const timeoutMs = 4000;
const { port, host, tlsCert } = parseConfig(process.env);
const isAnyAddress = ["", "0.0.0.0", "::"].includes(host);
const target = { host: isAnyAddress ? "127.0.0.1" : host, port, path: "/healthz" };

const problem = await ask();
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}

function ask(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { ...target, signal: AbortSignal.timeout(timeoutMs) };
    const request =
      tlsCert === ""
        ? requestHttp(options)
        : // The certificate names the host that clients call, not this address, and nobody stands between.
          requestHttps({ ...options, rejectUnauthorized: false });
    request.once("error", (error) => resolve(`No answer on port ${port}: ${error.message}`));
    request.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.once("end", () => resolve(response.statusCode === 200 ? undefined : text));
    });
    request.end();
  });
}
