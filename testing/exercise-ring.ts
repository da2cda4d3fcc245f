// For tests: the last act of the ring's script, over the real doors of Cambodia's node.
import type { SessionView } from "../features/access/contract.ts";
import { caseNamed } from "../features/requests/testing.ts";
import { answers, type People } from "./calling-back.ts";

/** Answered by Cambodia's police, let go by its contact point. */
export async function releases(
  sreymom: People["sreymom"],
  sophea: People["sophea"],
  came: string,
): Promise<void> {
  const { officer } = await sreymom.must<SessionView>("GET", "/api/access/session");
  await sophea.must("POST", `/api/requests/${came}/assign`, { desk: officer.desk.id, note: "" });
  const theirs = await caseNamed(sreymom, "សណ្ឋាគារ");
  await answers({ sreymom, sophea } as People, { asked: "", came, ours: theirs, theirs }, {});
}
