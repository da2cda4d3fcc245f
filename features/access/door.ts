// How a session travels by HTTP: its cookie, and where a request comes from.
import type { Env } from "@simpul/doors/http";
import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import type { Started } from "./sessions.ts";

export interface AccessDoor {
  /** One name per node, so that three nodes on one machine keep three sessions. */
  cookie: string;
  /** True where pages come by https. */
  secure: boolean;
  /** Where a request comes from, for counting tries; behind a proxy the server knows better than the socket. */
  from?: (c: { env: unknown; req: { header(name: string): string | undefined } }) => string;
}

/** The address of the other end, as @hono/node-server hands it on. */
export function socketAddress(c: { env: unknown }): string {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress ?? "unknown";
}

/** Puts the token where scripts do not reach and other sites' requests do not carry it. */
export function giveCookie(c: Context<Env>, door: AccessDoor, started: Started, now: Date): void {
  setCookie(c, door.cookie, started.token, {
    httpOnly: true,
    sameSite: "Strict",
    secure: door.secure,
    path: "/",
    maxAge: Math.floor((started.endsAt.getTime() - now.getTime()) / 1000),
  });
}
export const takeCookie = (c: Context<Env>, door: AccessDoor): void => {
  deleteCookie(c, door.cookie, { path: "/", secure: door.secure });
};
