// What several pages of access ask their node.
import { useQuery } from "@tanstack/react-query";
import { api } from "@simpul/doors/web";
import type { Colleague } from "../contract.ts";

/** Officers of this node, as many as a list of choices holds. */
export const useColleagues = () =>
  useQuery({
    queryKey: ["access.people", "choices"],
    queryFn: ({ signal }) =>
      api.get<Colleague[]>("/api/access/colleagues", { query: { text: "", limit: 500 }, signal }),
  });
