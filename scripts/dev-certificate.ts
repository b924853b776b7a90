/** Certificates for trying TLS: `npm run dev-certificate -- --help`. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseCommandLine, startCommand } from "#server/command-line.ts";
import { createAuthority } from "#server/testing/certificates.ts";

const usage = `Usage: npm run dev-certificate -- [FOLDER]

Makes an authority with a certificate for localhost and one for a client, for trying TLS, and says how
to start and call the server with them. FOLDER is data/tls by default; what is there already is kept.`;

const folder = startCommand(process, (args) => {
  const { positionals } = parseCommandLine(args, { usage, positionals: [0, 1] });
  return positionals[0] ?? "data/tls";
});
const path = (name: string) => join(folder, name);

if (existsSync(path("server.pem"))) {
  console.log(`There are certificates in ${folder} already; delete the folder for new ones.`);
} else {
  mkdirSync(folder, { recursive: true });
  const authority = await createAuthority();
  const server = await authority.issueServer(["localhost", "127.0.0.1", "::1"]);
  const client = await authority.issueClient("CN=developer");
  const files: [name: string, content: string][] = [
    ["authority.pem", authority.cert],
    ["server.pem", server.cert],
    ["server-key.pem", server.key],
    ["client.pem", client.cert],
    ["client-key.pem", client.key],
  ];
  for (const [name, content] of files) {
    // A line that ends, so that files can be joined.
    writeFileSync(path(name), `${content.trimEnd()}\n`, {
      mode: name.endsWith("-key.pem") ? 0o600 : 0o644,
    });
  }
}
console.log(`
Start with:
  BOOKFINDER_TLS_CERT=${path("server.pem")} BOOKFINDER_TLS_KEY=${path("server-key.pem")} \\
  BOOKFINDER_TLS_CLIENT_CA=${path("authority.pem")} npm start
Call with:
  curl --cacert ${path("authority.pem")} 'https://localhost:8080/api/books?title=dune'
and as a client that has a certificate, once its subject is trusted, with:
  --cert ${path("client.pem")} --key ${path("client-key.pem")}
  npm run keys -- trust --subject CN=developer --scope books.write`);
