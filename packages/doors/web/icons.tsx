// The icons of the rooms; drawn here, so that nothing is fetched and the strokes match. Never without a word beside.
import type { ComponentType, ReactNode } from "react";

const icon = (path: string): ComponentType =>
  function Icon(): ReactNode {
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
        <path d={path} />
      </svg>
    );
  };

export const icons = {
  inbox: icon("M4 13 6 5h12l2 8v6H4zM4 13h5l1 3h4l1-3h5"),
  check: icon("M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21M8 10.5l2 2 3.5-4"),
  cases: icon("M3 7h6l2 2h10v10H3zM3 12h18"),
  evidence: icon("M12 3 20 6v6c0 5-3.5 8-8 9-4.500-1-8-4-8-9V6zM9 12h6M12 9v6"),
  requests: icon("M4 6h12l4 4-4 4H4zM4 18h9"),
  joint: icon(
    "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM16 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20c0-4 2-6 5-6s4 1 4 1 1-1 4-1 5 2 5 6",
  ),
  operations: icon("M5 21V4M5 5h13l-3 4 3 4H5"),
  victims: icon("M12 20s-8-4.500-8-11a4.500 4.500 0 0 1 8-2.500A4.500 4.500 0 0 1 20 9c0 6.500-8 11-8 11z"),
  ads: icon("M4 10v4h4l8 4V6l-8 4zM19 9v6"),
  actors: icon(
    "M6 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM18 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM12 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 6h8M7 8l4 8M17 8l-4 8",
  ),
  justice: icon("M12 4v16M7 20h10M5 7h14M5 7l-2 6h5zM19 7l-3 6h5z"),
  picture: icon("M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6"),
  oversight: icon("M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"),
  settings: icon(
    "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M18.400 5.600l-2.100 2.100M7.700 16.300l-2.100 2.100",
  ),
  more: icon("M4 7h16M4 12h16M4 17h16"),
  search: icon("M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500 21 21"),
  clock: icon("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2"),
  alarm: icon("M4 5h16v11h-9l-5 4v-4H4zM12 7.500v4M12 13.500v.5"),
  refer: icon(
    "M8 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2 20c0-4 2.500-6 6-6M12 17h9M18 14l3 3-3 3",
  ),
  file: icon("M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"),
  phone: icon("M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2"),
  surge: icon(
    "M7 9a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM17 9a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM12 14a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM2 17c0-3 2-5 5-5M22 17c0-3-2-5-5-5M7 21c0-3 2-5 5-5s5 2 5 5",
  ),
  // A list with an eye to it; a barrier across the way.
  watch: icon(
    "M4 6h12M4 11h8M4 16h5M12 16.500s2-3.500 5-3.500 5 3.500 5 3.500-2 3.500-5 3.500-5-3.500-5-3.500zM17 17.200v.1",
  ),
  border: icon("M5 21V9M3 21h4M5 9h16v4H5M9 9l-2 4M14 9l-2 4M19 9l-2 4"),
  person: icon("M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.500-6 8-6s8 2 8 6"),
} as const;
