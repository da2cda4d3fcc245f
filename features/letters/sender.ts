// Who writes a letter, in the words of her own state.
import type { ToWrite } from "./contract.ts";
import type { Sender } from "./frame.ts";
import type { LettersNode } from "./node.ts";

export type Making = Pick<LettersNode, "code" | "exercise" | "correspondents" | "directory" | "clock">;

export async function senderOf(node: Making, write: Pick<ToWrite, "desk" | "by">): Promise<Sender> {
  const desks = await node.directory.desks(write.desk === null ? [] : [write.desk]);
  const desk = write.desk === null ? undefined : desks.get(write.desk);
  const officers = await node.directory.officers(write.by === null ? [] : [write.by]);
  const officer = write.by === null ? undefined : officers.get(write.by);
  const { name = null, nameLatin = null } = officer ?? {};
  return {
    state: node.code,
    agency: desk?.agency.name ?? "",
    desk: desk?.name ?? "",
    officer:
      name === null
        ? null
        : [name, ...(nameLatin === null || nameLatin === name ? [] : [nameLatin])].join(" · "),
    exercise: node.exercise,
  };
}
