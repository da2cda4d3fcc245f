// `simpul backup TO [--keys FILE]`: a whole node while it works; its keys apart, under a passphrase. Exit 0 made, else 2.
import { command, output, readPassphrase } from "@simpul/doors/cli";
import { backupNode, readSettings } from "@simpul/server";
import { defineCommand } from "citty";

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

export const backupCommand = defineCommand({
  meta: {
    name: "backup",
    description: "back up this node (settings from the environment) into a folder",
    example: "simpul backup /mnt/backups --keys /mnt/safe/id-keys.age",
  },
  args: {
    to: { type: "positional", required: true, description: "folder of backups; evidence is copied once" },
    keys: { type: "string", description: "file for the node's keys, best on another medium" },
    "passphrase-file": {
      type: "string",
      description: "first line is the passphrase of the keys; - reads it in",
    },
    json: { type: "boolean", description: "one JSON object" },
  },
  async run({ args }) {
    await command(async () => {
      const out = output(args.json ?? false);
      const settings = readSettings(process.env);
      const keys =
        args.keys === undefined
          ? null
          : {
              file: args.keys,
              passphrase: await readPassphrase(args["passphrase-file"], {
                says: "Passphrase of the keys (at least 12 characters)",
                again: "The same again",
              }),
            };
      const made = await backupNode(settings, { to: args.to, keys, progress: (says) => out.say(says) });
      const { count, bytes, added } = made.blobs;
      out.result(
        {
          folder: made.folder,
          at: made.manifest.at,
          rows: made.rowsSize,
          blobs: made.blobs,
          keys: made.keys,
        },
        `${made.folder}: rows ${megabytes(made.rowsSize)}, evidence ${count} files of ${megabytes(bytes)}, ${added} of them new`,
      );
      if (keys === null)
        out.say(
          "The keys are not in it, and without them nothing of it opens: run it with --keys FILE as well.",
        );
      return undefined;
    });
  },
});
