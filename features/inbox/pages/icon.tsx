// The sign of the room Inbox: a tray.
import type { ReactNode } from "react";

export function InboxIcon(): ReactNode {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <path d="M3 11h4l1.5 2.5h3L13 11h4M3 11l2-7h10l2 7v5H3z" />
    </svg>
  );
}
