// The icon of this room: two nodes and the line between them.
import type { ReactNode } from "react";

export function PeersIcon(): ReactNode {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      width="20"
      height="20"
    >
      <path d="M6 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM18 20a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8.500 8.500l7 7M15 5h5v5M4 14v5h5" />
    </svg>
  );
}
