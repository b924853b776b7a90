/** What `npm run keys` does: keys and certificates of programs, and the audit. */
import { UsageError } from "#server/command-line.ts";
import {
  type Command,
  type CommandArguments,
  option,
  optionalOption,
  requiredScopes,
  table,
  word,
} from "./account-commands.ts";

export const keysUsage = `Usage: npm run keys -- <command>

  create --name <name> --scope <scope> [--expires <90d or 2027-12-31>]
                               make an API key; it is printed once
  list                         all keys, without their secrets
  revoke <name or id>          refuse a key from now on
  trust --subject <name> --scope <scope>
                               let a subject of client certificates in (see docs/security.md)
  distrust --subject <name>    let it in no more
  audit [--count 50]           what was done to accounts and keys, newest first

Scopes: books.read, books.write, users.read, admin; several by commas.
The folder is named by BOOKFINDER_DATA (default: data). A running server follows at once.
`;

const actor = { actor: "command", address: "" };

/** The commands by name. */
export const keysCommands: Readonly<Record<string, Command>> = {
  create: {
    options: ["name", "scope", "expires"],
    async run(accounts, args) {
      const name = option(args, "name", "laptop");
      const scopes = requiredScopes(args);
      const expiresAt = expiry(args, new Date());
      const { text, key } = await accounts.write(() => {
        const made = accounts.keys.create(name, scopes, expiresAt);
        const detail = scopes.join(" ");
        accounts.audit.add({ ...actor, action: "key.create", target: `key:${name}`, detail });
        return made;
      });
      const end = key.expiresAt === undefined ? "does not expire" : `expires ${key.expiresAt}`;
      return {
        lines: [text],
        notes: [
          `Key "${name}" may: ${scopes.join(", ")}; ${end}. It is not shown again.`,
          'Send it as "authorization: Bearer bf_…" or "x-api-key: bf_…".',
        ],
      };
    },
  },
  list: {
    options: [],
    run({ keys, certificates }) {
      const all = keys.all();
      const trusted = certificates.all();
      if (all.length + trusted.length === 0) {
        return { lines: ["No keys."] };
      }
      const rows = all.map((key) => [
        key.id,
        key.name,
        key.scopes.join(","),
        key.createdAt.slice(0, 10),
        key.revokedAt === undefined
          ? (key.expiresAt?.slice(0, 10) ?? "never")
          : `revoked ${key.revokedAt.slice(0, 10)}`,
        key.lastUsedOn ?? "never",
      ]);
      const ofKeys = table(["id", "name", "scopes", "created", "expires", "last used"], rows);
      const ofCertificates = table(
        ["certificate", "scopes"],
        trusted.map(({ subject, scopes }) => [subject, scopes.join(",")]),
      );
      return { lines: [...ofKeys, ...(trusted.length === 0 ? [] : ["", ...ofCertificates])] };
    },
  },
  revoke: {
    options: [],
    async run(accounts, args) {
      const name = word(args, "npm run keys -- revoke laptop");
      const key = accounts.keys.find(name);
      if (key === undefined) {
        throw new UsageError(`there is no key "${name}"; see: list`);
      }
      await accounts.write(() => {
        accounts.keys.revoke(key.id);
        accounts.audit.add({ ...actor, action: "key.revoke", target: `key:${key.name}` });
      });
      return { lines: [`Key "${key.name}" is refused from now on.`] };
    },
  },
  trust: {
    options: ["subject", "scope"],
    async run(accounts, args) {
      const scopes = requiredScopes(args);
      const named = option(args, "subject", '"CN=importer"');
      const subject = await accounts.write(() => {
        const trusted = accounts.certificates.trust(named, scopes);
        const target = `certificate:${trusted}`;
        const detail = scopes.join(" ");
        accounts.audit.add({ ...actor, action: "certificate.trust", target, detail });
        return trusted;
      });
      return { lines: [`Certificates of ${subject} may: ${scopes.join(", ")}`] };
    },
  },
  distrust: {
    options: ["subject"],
    async run(accounts, args) {
      const subject = option(args, "subject", '"CN=importer"');
      await accounts.write(() => {
        if (!accounts.certificates.distrust(subject)) {
          throw new UsageError(`no certificates of "${subject}" are let in; see: list`);
        }
        const target = `certificate:${subject}`;
        accounts.audit.add({ ...actor, action: "certificate.distrust", target });
      });
      return { lines: [`Certificates of ${subject} are refused from now on.`] };
    },
  },
  audit: {
    options: ["count"],
    run({ audit }, args) {
      const text = optionalOption(args, "count") ?? "50";
      if (!/^[1-9]\d{0,5}$/.test(text)) {
        throw new UsageError(`--count is a number, not "${text}"`);
      }
      const rows = audit
        .latest(Number(text))
        .map(({ at, actor: by, action, target, address, detail }) => [
          at,
          by,
          action,
          target,
          address,
          detail,
        ]);
      return { lines: table(["at", "who", "did", "to", "from", ""], rows) };
    },
  },
};

/** When a key ends: after so many days, or at the end of a day. */
function expiry(args: CommandArguments, now: Date): Date | undefined {
  const text = optionalOption(args, "expires");
  if (text === undefined) {
    return undefined;
  }
  const [, days] = /^([1-9]\d{0,4})d$/.exec(text) ?? [];
  const date =
    days === undefined
      ? new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59Z` : Number.NaN)
      : new Date(now.getTime() + Number(days) * 86_400_000);
  // 2027-02-31 would become a day of March.
  const isDate = !Number.isNaN(date.getTime());
  if (!isDate || (days === undefined && !date.toISOString().startsWith(text))) {
    throw new UsageError(`--expires is days or a day, e.g. 90d or 2027-12-31, not "${text}"`);
  }
  if (date <= now) {
    throw new UsageError(`--expires ${text} is over already`);
  }
  return date;
}
