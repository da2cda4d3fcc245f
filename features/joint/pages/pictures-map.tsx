// The map of a space; a chunk of its own.
import type { ReactNode } from "react";
import { PlaceMap } from "../../cases/contract/map-picture.tsx";
import type { Drawn } from "./drawn.ts";

export default function SpaceMap({
  drawn,
  shown,
  onShow,
}: {
  drawn: Drawn;
  shown: string;
  onShow: (id: string) => void;
}): ReactNode {
  return (
    <PlaceMap
      places={drawn.place}
      events={drawn.event}
      subjects={drawn.subject}
      shown={shown}
      onShow={onShow}
    />
  );
}
