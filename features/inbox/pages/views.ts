// The views that she named, as the table's saved filters: kept at the node, so that every device of hers has them.
import {
  api,
  useQuery,
  useQueryClient,
  useTellProblem,
  useUndo,
  useWords,
  type SavedFilters,
} from "@simpul/doors/web";
import type { NamedView } from "../contract.ts";

const queryKey = ["inbox", "views"];

export function useViews(): SavedFilters {
  const { say } = useWords();
  const queries = useQueryClient();
  const undo = useUndo();
  const tellProblem = useTellProblem();
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<{ views: NamedView[] }>("/api/inbox/views", { signal }),
  });
  const views = data?.views ?? [];
  const changed = (): Promise<void> => queries.invalidateQueries({ queryKey });
  const keep = ({ name, filters }: Pick<NamedView, "name" | "filters">): Promise<void> =>
    api.post("/api/inbox/views", { name, filters }).then(changed);
  return {
    list: views.map(({ name, filters }) => ({
      ...{ name, text: "", sort: "" },
      filters: filters as Readonly<Record<string, string>>,
    })),
    keep: (one) => void keep(one).catch(tellProblem),
    forget({ name }) {
      const view = views.find((one) => one.name === name);
      if (view === undefined) return;
      api
        .delete(`/api/inbox/views/${view.id}`)
        .then(changed)
        .then(() => undo({ done: say("inbox.views.forgotten", { name }), undo: () => keep(view) }))
        .catch(tellProblem);
    },
  };
}
