// Open pages of the desk hear that something changed, and what waits is sent.
import { soon, type ReferralsNode } from "./node.ts";

export const changed = (node: Pick<ReferralsNode, "wake" | "send">): void =>
  soon(() => {
    node.wake("shares:desk");
    node.send();
  });
