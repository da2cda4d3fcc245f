// The colleagues of this node and their desks, to whom something can be given.
import { api } from "./api.ts";
import { useQuery } from "./query.ts";

export interface Colleague {
  id: string;
  name: string;
  nameLatin: string | null;
  left: boolean;
  places: { desk: { id: string; name: string }; roles: string[] }[];
}

async function colleagues(signal: AbortSignal): Promise<Colleague[]> {
  const answer = await api.get<Colleague[] | { colleagues: Colleague[] }>("/api/access/colleagues", {
    signal,
  });
  return Array.isArray(answer) ? answer : answer.colleagues;
}

/** Everybody who works or worked here; asked only when `wanted`. */
export const useColleagues = (wanted: boolean) =>
  useQuery({
    queryKey: ["officer", "colleagues"],
    queryFn: ({ signal }) => colleagues(signal),
    enabled: wanted,
    staleTime: 60_000,
  });

/** Each desk once, as the colleagues' places name them; asked only when `wanted`. */
export const useDesks = (wanted: boolean) =>
  useQuery({
    queryKey: ["officer", "desks"],
    queryFn: async ({ signal }) => {
      const all = await colleagues(signal);
      return [...new Map(all.flatMap((one) => one.places).map(({ desk }) => [desk.id, desk])).values()];
    },
    enabled: wanted,
    staleTime: 60_000,
  });
