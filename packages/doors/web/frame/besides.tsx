// What rooms keep running beside every page, loaded once the first screen stands.
import { useEffect, useState } from "react";
import type { ComponentType, ReactNode } from "react";
import { fetched } from "../fetched.tsx";
import type { Room } from "../room.ts";

const loaded = new Map<string, ComponentType>();

/** One component per room, made once: a component that is made anew would lose its state. */
function besideOf(room: Room): ComponentType {
  let made = loaded.get(room.id);
  if (made === undefined) {
    made = fetched(async () => (await room.beside!()).Beside);
    loaded.set(room.id, made);
  }
  return made;
}

export function Besides({ rooms }: { rooms: readonly Room[] }): ReactNode {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), 1_000);
    return () => clearTimeout(timer);
  }, []);
  if (!ready) return null;
  return rooms
    .filter((room) => room.beside !== undefined)
    .map((room) => {
      const Beside = besideOf(room);
      return <Beside key={room.id} />;
    });
}
