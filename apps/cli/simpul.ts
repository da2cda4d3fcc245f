// Every command of `simpul`, listed by hand and loaded when it is called.
import { defineCommand } from "citty";

export const simpul = defineCommand({
  meta: {
    name: "simpul",
    description: "Joint work against trafficking that abuses technology, from the command line",
  },
  subCommands: {
    "sign-in": async () => (await import("@simpul/features/access/command.ts")).signInCommand,
    "sign-out": async () => (await import("@simpul/features/access/command.ts")).signOutCommand,
    whoami: async () => (await import("@simpul/features/access/command.ts")).whoamiCommand,
    devices: async () => (await import("@simpul/features/access/command.ts")).devicesCommand,
    "take-in": async () => (await import("@simpul/features/evidence/command.ts")).takeInCommand,
    items: async () => (await import("@simpul/features/evidence/command.ts")).itemsCommand,
    read: async () => (await import("@simpul/features/evidence/command.ts")).readCommand,
    confirm: async () => (await import("@simpul/features/evidence/command.ts")).confirmCommand,
    cases: async () => (await import("@simpul/features/cases/command.ts")).casesCommand,
    case: async () => (await import("@simpul/features/cases/command.ts")).caseCommand,
    requests: async () => (await import("@simpul/features/requests/command.ts")).requestsCommand,
    request: async () => (await import("@simpul/features/requests/command.ts")).requestCommand,
    permission: async () => (await import("@simpul/features/requests/command.ts")).permissionCommand,
    log: async () => (await import("@simpul/features/oversight/command.ts")).logCommand,
    ledger: async () => (await import("@simpul/features/oversight/command.ts")).ledgerCommand,
    peers: async () => (await import("@simpul/features/peers/command.ts")).peersCommand,
    doctor: async () => (await import("./commands/doctor.ts")).doctorCommand,
    backup: async () => (await import("./commands/backup.ts")).backupCommand,
    restore: async () => (await import("./commands/restore.ts")).restoreCommand,
    check: async () => (await import("@simpul/features/checks/command.ts")).checkCommand,
    checks: async () => (await import("@simpul/features/checks/command.ts")).checksCommand,
    serve: async () => (await import("./commands/serve.ts")).serveCommand,
    extract: async () => (await import("./commands/extract.ts")).extractCommand,
    normalise: async () => (await import("./commands/normalise.ts")).normaliseCommand,
    bundle: async () => (await import("@simpul/features/evidence/export/command.ts")).bundleCommand,
    policy: async () => (await import("@simpul/features/evidence/export/command.ts")).policyCommand,
    verify: async () => (await import("./commands/verify.ts")).verifyCommand,
    lang: async () => (await import("./commands/lang.ts")).langCommand,
  },
});
