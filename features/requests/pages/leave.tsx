// The second person's act: approving a request, releasing an answer; with exactly what they will see (HC-4, MSG-3).
import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, LeaveStateButton, Problem, api, tell, useSession, useWords } from "@simpul/doors/web";
import { Handling } from "@simpul/model";
import type { RequestView } from "../contract.ts";
import { useFresh, usePreview } from "./data.ts";
import type { Named } from "./data.ts";
import { PreviewPage, Repeats } from "./preview.tsx";
import { AsItLeaves } from "./translations.tsx";
import { TermsLine } from "./terms.tsx";
import { plainWho } from "./texts.tsx";

/** The red button with its preview; nothing while the preview is on its way, and none while something is stopped. */
export function LeaveAct({
  view,
  what,
}: {
  view: Named<RequestView>;
  what: "request" | "answer";
}): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const { officer, node } = useSession();
  const fresh = useFresh();
  const query = usePreview(view.id, what, true);
  const preview = query.data;
  if (preview === undefined) return query.error === null ? null : <Problem fault={query.error} />;
  const to = preview.pages.map((page) => state(page.to));
  const onPaper = preview.pages.every((page) => page.letter !== null);
  const label = say(`requests.leave.${onPaper ? "letter" : what}`, { states: words.list([...new Set(to)]) });
  const handling = Handling.union(preview.pages.map((page) => page.handling));
  const author = plainWho(preview.author, view.names, say("requests.somebody"));
  return (
    <LeaveStateButton
      label={label}
      disabled={preview.pages.some((page) => page.stops.length > 0)}
      recipients={to}
      codes={<TermsLine handling={handling} from={node.code} />}
      approves={say("requests.approves", { name: officer.name, author })}
      preview={
        <AsItLeaves>
          <Pages view={view} pages={preview.pages} />
        </AsItLeaves>
      }
      onLeave={async (reason) => {
        const where = what === "request" ? "approve" : "answer/release";
        await api.post(`/api/requests/${view.id}/${where}`, { reason });
        await fresh();
        if (!onPaper) tell(say("requests.sent", { state: words.list(to) }));
      }}
    />
  );
}

function Pages({
  view,
  pages,
}: {
  view: RequestView;
  pages: NonNullable<ReturnType<typeof usePreview>["data"]>["pages"];
}): ReactNode {
  const { state } = useWords();
  return (
    <Stack gap="lg">
      {pages.map((page) => (
        <section key={page.letter ?? page.to} aria-label={state(page.to)}>
          {pages.length > 1 && (
            <Title order={3} size="h5">
              {state(page.to)}
            </Title>
          )}
          <PreviewPage
            page={page}
            request={view.id}
            answer={view.answer?.id ?? null}
            questions={view.draft.questions}
            caseRef={view.case?.number ?? null}
          />
        </section>
      ))}
    </Stack>
  );
}

/** The same preview on the page itself, for whoever reads at length before she opens the red button. */
export function PreviewSide({
  view,
  what,
}: {
  view: Named<RequestView>;
  what: "request" | "answer";
}): ReactNode {
  const { say } = useWords();
  const query = usePreview(view.id, what, true);
  return (
    <Awaited query={query}>
      {(preview) => (
        <section aria-label={say("web.leave.preview")} className="r-sheet">
          <Title order={2} size="h4" mb="xs">
            {say("web.leave.preview")}
          </Title>
          <Text size="sm" c="dimmed" mb="sm">
            {say("requests.preview.hint")}
          </Text>
          <Repeats of={preview.repeats} />
          <Pages view={view} pages={preview.pages} />
        </section>
      )}
    </Awaited>
  );
}
