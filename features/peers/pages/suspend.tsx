// Exchange with one state rests for a while: letters wait, two persons let it go on.
import type { ReactNode } from "react";
import { End } from "./stop.tsx";

export function Page(): ReactNode {
  return <End how="suspend" />;
}
