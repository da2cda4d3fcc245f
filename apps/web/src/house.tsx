// What opens behind the door: the frame with its rooms, and what stands beside every page.
import { RouterProvider } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SessionProvider } from "@simpul/doors/web";
import type { Door, SessionDoor } from "@simpul/doors/web";
import { rooms } from "./rooms.ts";
import { createRoomRouter } from "./router.tsx";
import "@mantine/spotlight/styles.css";

const router = createRoomRouter(rooms);

export function House({ of, door }: { of: SessionDoor; door: Door }): ReactNode {
  return (
    <SessionProvider door={of}>
      <RouterProvider router={router} />
      <door.Beside />
    </SessionProvider>
  );
}
