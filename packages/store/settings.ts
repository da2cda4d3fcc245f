// What row security asks: who acts and what for, as settings of one transaction (safe behind PgBouncer).
import type { Standing } from "./contract.ts";

export type RoleName = "simpul_app" | "simpul_chores";

/** The names and values for `set_config(..., true)`, one round trip for all. */
export function standingSettings(standing: Standing): Record<string, string> {
  const { actor, purpose } = standing;
  const officer = actor.kind === "officer" ? actor : null;
  return {
    "simpul.actor_kind": actor.kind,
    "simpul.officer": officer?.id ?? "",
    "simpul.agency": officer?.agency ?? "",
    "simpul.desk": officer?.desk ?? "",
    "simpul.roles": officer?.roles.join(",") ?? "",
    "simpul.peer": actor.kind === "peer" ? actor.node : "",
    "simpul.purpose": purpose,
  };
}

/** The statement that takes on role and settings until the transaction ends. */
export function assume(role: RoleName, settings: Record<string, string>): { text: string; values: string[] } {
  const all = { ...settings, search_path: "simpul, public, pg_temp", role };
  const values = Object.entries(all).flat();
  const calls = Object.keys(all).map((_, i) => `set_config($${2 * i + 1}, $${2 * i + 2}, true)`);
  return { text: `select ${calls.join(", ")}`, values };
}
