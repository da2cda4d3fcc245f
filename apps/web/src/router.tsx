// From the rooms' addresses to pages, each loaded when it is opened.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
} from "@tanstack/react-router";
import type { AnyRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import {
  Empty,
  Frame,
  NotFound,
  PageHead,
  plainSearch,
  Problem,
  useRooms,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { Needs, Room } from "@simpul/doors/web";
import { DeskActs } from "./desk-acts.tsx";
import { firstRoom, workFor } from "./desks.ts";

/** What stands in for a page that broke: drafts are kept, and the way back is near. */
function Broken({ error, reset }: { error: unknown; reset: () => void }): ReactNode {
  const { say } = useWords();
  return (
    <>
      <PageHead title={say("web.fault.title")} />
      <Problem fault={error} kept={say("web.fault.kept")} again={reset} />
    </>
  );
}

export function createRoomRouter(rooms: readonly Room[]): AnyRouter {
  function Layout(): ReactNode {
    const session = useSession();
    const own = workFor(session).rooms;
    return (
      <Frame rooms={rooms} own={own}>
        <DeskActs rooms={rooms} />
        <Outlet />
      </Frame>
    );
  }
  /** Where the work of her desk begins, else the first room in the order of work. */
  function Start(): ReactNode {
    const { say } = useWords();
    const session = useSession();
    const hers = useRooms(rooms, workFor(session).rooms);
    const first = firstRoom(session, hers);
    if (first !== null) return <Navigate to={first.path} replace />;
    return <Empty title={say("web.landing.title")}>{say("web.landing.text")}</Empty>;
  }

  const root = createRootRoute({ component: Layout, notFoundComponent: () => <NotFound /> });
  const start = createRoute({ getParentRoute: () => root, path: "/", component: Start });
  const pages = rooms.flatMap((room) =>
    room.routes.map((route) => {
      const Page = lazyRouteComponent(route.page, "Page");
      const needs: Needs[] = [room.needs, route.needs].filter((one) => one !== undefined);
      function Guarded(): ReactNode {
        const session = useSession();
        // A room that she may not enter looks like one that is not there.
        return needs.every((may) => may(session)) ? <Page /> : <NotFound />;
      }
      // The router fetches the page before it changes the view: a page that suspends is held back 300 ms by React.
      Guarded.preload = () => Page.preload?.();
      return createRoute({ getParentRoute: () => root, path: route.path, component: Guarded });
    }),
  );
  return createRouter({
    routeTree: root.addChildren([start, ...pages]),
    ...plainSearch,
    defaultErrorComponent: Broken,
    defaultPendingMs: 300,
    scrollRestoration: true,
    notFoundMode: "root",
  });
}
