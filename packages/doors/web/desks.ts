// The desks of this node, to which something can be given.
import { api } from "./api.ts";
import { useQuery } from "./query.ts";

interface Colleague {
  places: { desk: { id: string; name: string } }[];
}

/** Each desk once, as the colleagues' places name them; asked only when `wanted`. */
export const useDesks = (wanted: boolean) =>
  useQuery({
    queryKey: ["officer", "desks"],
    queryFn: async ({ signal }) => {
      const answer = await api.get<Colleague[] | { colleagues: Colleague[] }>("/api/access/colleagues", {
        signal,
      });
      const all = Array.isArray(answer) ? answer : answer.colleagues;
      return [...new Map(all.flatMap((one) => one.places).map(({ desk }) => [desk.id, desk])).values()];
    },
    enabled: wanted,
    staleTime: 60_000,
  });
