/** What `npm run users` does: the accounts of people. */

import type { Accounts } from "#server/accounts/accounts.ts";
import { PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN } from "#server/accounts/passwords.ts";
import { newSecret } from "#server/accounts/secrets.ts";
import type { User } from "#server/accounts/user-store.ts";
import { UsageError } from "#server/command-line.ts";
import {
  type Command,
  type CommandArguments,
  option,
  optionalOption,
  requiredScopes,
  scopeOption,
  table,
  word,
} from "./account-commands.ts";

export const usersUsage = `Usage: npm run users -- <command>

  add --email <address> --name <name> [--scope <scope>] [--password-file <file>]
                               make an account; may nothing but read without --scope
  list                         all accounts
  password <address> [--password-file <file>]
                               change a password; ends all sessions of the account
  scopes <address> --scope <scope>
                               change what an account may do, at once
  disable <address>            close an account, at once
  enable <address>             open it again

Without --password-file a password is made up and printed once; "-" reads it from standard input.
Scopes: books.read, books.write, users.read, admin; several by commas.
The folder is named by BOOKFINDER_DATA (default: data). A running server follows at once.
`;

const actor = { actor: "command", address: "" };

/** Reads a file as text; "-" is standard input. */
export type ReadText = (path: string) => string;

/** The commands by name. */
export function usersCommands(readText: ReadText): Readonly<Record<string, Command>> {
  return {
    add: {
      options: ["email", "name", "scope", "password-file"],
      async run(accounts, args) {
        const email = option(args, "email", "anna@books.example");
        const name = option(args, "name", '"Anna Ek"');
        const scopes = scopeOption(args) ?? [];
        const { password, isMadeUp } = givenPassword(args, readText);
        const passwordHash = await accounts.passwords.hash(password);
        const user = await accounts.write(() => {
          const added = accounts.users.add({ email, name, scopes, passwordHash });
          record(accounts, "user.create", added, scopes.join(" "));
          return added;
        });
        return {
          lines: isMadeUp ? [password] : [],
          notes: [
            `Account ${user.id} of ${user.email} may: ${scopes.join(", ") || "read"}.`,
            ...(isMadeUp ? ["Its password is above and is not shown again."] : []),
          ],
        };
      },
    },
    list: {
      options: [],
      run({ users }) {
        const all = users.all();
        if (all.length === 0) {
          return { lines: ["No accounts."] };
        }
        const rows = all.map((user) => [
          String(user.id),
          user.email,
          user.name,
          user.scopes.join(","),
          user.createdAt.slice(0, 10),
          user.disabledAt === undefined ? "" : `closed ${user.disabledAt.slice(0, 10)}`,
        ]);
        return { lines: table(["id", "email", "name", "scopes", "created", ""], rows) };
      },
    },
    password: {
      options: ["password-file"],
      async run(accounts, args) {
        const user = namedUser(accounts, args);
        const { password, isMadeUp } = givenPassword(args, readText);
        const passwordHash = await accounts.passwords.hash(password);
        await accounts.write(() => {
          accounts.users.setPassword(user.id, passwordHash);
          record(accounts, "user.password", user);
        });
        return {
          lines: isMadeUp ? [password] : [],
          notes: [`The password of ${user.email} is changed; its sessions have ended.`],
        };
      },
    },
    scopes: {
      options: ["scope"],
      async run(accounts, args) {
        const user = namedUser(accounts, args);
        const scopes = requiredScopes(args);
        await accounts.write(() => {
          accounts.users.setScopes(user.id, scopes);
          record(accounts, "user.scopes", user, scopes.join(" "));
        });
        return { lines: [`${user.email} may: ${scopes.join(", ")}`] };
      },
    },
    disable: setDisabled(true),
    enable: setDisabled(false),
  };
}

function setDisabled(isDisabled: boolean): Command {
  return {
    options: [],
    async run(accounts, args) {
      const user = namedUser(accounts, args);
      await accounts.write(() => {
        accounts.users.setDisabled(user.id, isDisabled);
        record(accounts, isDisabled ? "user.disable" : "user.enable", user);
      });
      return { lines: [`${user.email} is ${isDisabled ? "closed" : "open"}.`] };
    },
  };
}

function namedUser({ users }: Accounts, args: CommandArguments): User {
  const name = word(args, "npm run users -- disable anna@books.example");
  const user = /^\d{1,10}$/.test(name) ? users.byId(Number(name)) : users.byEmail(name);
  if (user === undefined) {
    throw new UsageError(`there is no account "${name}"; see: list`);
  }
  return user;
}

function record({ audit }: Accounts, action: string, { id }: User, detail = ""): void {
  audit.add({ ...actor, action, target: `user:${id}`, detail });
}

function givenPassword(
  args: CommandArguments,
  readText: ReadText,
): { password: string; isMadeUp: boolean } {
  const path = optionalOption(args, "password-file");
  if (path === undefined) {
    return { password: newSecret(), isMadeUp: true };
  }
  // Editors and echo end a file with a line break that nobody types.
  const password = readText(path).replace(/\r?\n$/, "");
  if (password.length < PASSWORD_CHARS_MIN || password.length > PASSWORD_CHARS_MAX) {
    throw new UsageError(
      `a password has ${PASSWORD_CHARS_MIN} to ${PASSWORD_CHARS_MAX} characters, this one ${password.length}`,
    );
  }
  return { password, isMadeUp: false };
}
