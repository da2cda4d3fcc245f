// What a thing is called in lists: from its content alone.
import type { Content } from "./contract.ts";
import type { JointNode } from "./node.ts";

export function aboutThing(
  node: Pick<JointNode, "records">,
  content: Content | null,
): { title: string; about: string } {
  if (content === null) return { title: "", about: "" };
  if ("record" in content) return node.records.titleOf(content.record);
  if ("item" in content) return { title: content.item.fileName, about: content.item.mediaType };
  const { own } = content;
  if ("title" in own)
    return { title: own.title, about: "text" in own ? own.text : "reason" in own ? own.reason : "" };
  return { title: own.text.length > 120 ? `${own.text.slice(0, 119)}…` : own.text, about: "" };
}
