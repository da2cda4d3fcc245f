// Open pages of the desk hear that something changed, and what waits is sent.
import { soon, type ReferralsNode } from "./node.ts";

export const changed = (node: Pick<ReferralsNode, "code" | "wake" | "send">): void =>
  soon(() => {
    node.wake(`shares:${node.code}`);
    node.send();
  });
