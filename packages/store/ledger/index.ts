// The durable ledger of a node.
export { Ledger } from "./ledger.ts";
export type { Head, LedgerSettings } from "./ledger.ts";
export { auditLog } from "./audit.ts";
export { bestCosigned, holdLogs, ledgerState } from "./standing.ts";
export type { LogState } from "./standing.ts";
