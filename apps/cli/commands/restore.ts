// `simpul restore FROM --keys FILE`: a node back from its backup, into an empty place only. Exit 0 restored, 2 not.
import { command, output, readPassphrase } from "@simpul/doors/cli";
import { readSettings, restoreNode } from "@simpul/server";
import { defineCommand } from "citty";

export const restoreCommand = defineCommand({
  meta: {
    name: "restore",
    description: "bring this node back from a backup, into an empty home",
    example: "simpul restore /mnt/backups --keys /mnt/safe/id-keys.age",
  },
  args: {
    from: { type: "positional", required: true, description: "the folder that backup wrote to" },
    keys: { type: "string", required: true, description: "the file of keys that backup wrote" },
    at: { type: "string", description: "which backup, by its folder's name; the newest without" },
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
      const passphrase = await readPassphrase(args["passphrase-file"], { says: "Passphrase of the keys" });
      const { stamp, manifest } = await restoreNode(settings, {
        from: args.from,
        ...(args.at === undefined ? {} : { stamp: args.at }),
        keys: { file: args.keys, passphrase },
        progress: (says) => out.say(says),
      });
      out.result(
        { stamp, at: manifest.at, home: settings.home, blobs: manifest.blobs.count, ledger: manifest.ledger },
        `${settings.home}: as it was at ${manifest.at}, with ${manifest.blobs.count} files of evidence`,
      );
      out.say(
        "Start the node, wait a minute, and run: simpul doctor. It says whether the cosigners know more.",
      );
      return undefined;
    });
  },
});
