// The store as others use it: opening it, its handles, its refusals.
export * from "./contract.ts";
export { StoreError } from "./errors.ts";
export type { StoreCode } from "./errors.ts";
export { leafHash, recordOf } from "./leaves.ts";
export type { Leaf, LogName } from "./leaves.ts";
export { migrate, readMigrations, storeMigrations } from "./migrate.ts";
export { openStore } from "./open.ts";
export type { Keeper, OpenStore, StoreSettings } from "./open.ts";
export type { Wakes } from "./wakes.ts";
export * from "./ledger/index.ts";
export { findJob, forgetDone, listJobs, reviveJob } from "./jobs/board.ts";
export type { JobLine } from "./jobs/board.ts";
export { pauseBefore, startWorker } from "./jobs/worker.ts";
export type { JobHandler, RunningJob, Worker, WorkerSettings } from "./jobs/worker.ts";
export { duePeers, endSending, keepSealed, listOutbox, resend, takeOutgoing } from "./outbox/sending.ts";
export type { Ending, Outgoing, OutboxLine } from "./outbox/sending.ts";
