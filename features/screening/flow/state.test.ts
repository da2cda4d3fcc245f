// The conversation: one question a page, back, skip, stop, resume, and nothing asked twice.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer, Given } from "../contract/set.ts";
import { readSets } from "../sets.ts";
import { answerTo, back, begin, change, forward, give, goOn, progress, stop, walk } from "./state.ts";
import type { Flow } from "./state.ts";

const set = readSets().get("2026.1")!;
let serial = 0;
const said = (question: string, answer: Answer): Given => ({
  ...{
    id: String(++serial),
    question,
    answer,
    details: "",
    at: `2031-04-17T02:00:00.${String(serial % 1000).padStart(3, "0")}Z`,
  },
});
const at = (flow: Flow): string => ("id" in flow.place ? `${flow.place.at} ${flow.place.id}` : flow.place.at);

test("it begins with what will happen with her words, then her safety, then one question after the other", () => {
  let flow = begin(set);
  expect(at(flow)).toBe("intro");
  flow = forward(flow);
  expect(at(flow)).toBe("question overheard");
  flow = give(flow, said("overheard", "no"));
  expect(at(flow)).toBe("question danger-now");
  expect(progress(flow)).toEqual({ number: 2, total: set.questions.length });
});

test("somebody listens: first another place, and only then the next question", () => {
  let flow = give(forward(begin(set)), said("overheard", "yes"));
  expect(at(flow)).toBe("then overheard");
  flow = forward(flow);
  expect(at(flow)).toBe("question danger-now");
  expect(at(back(flow))).toBe("question overheard");
});

test("skipped questions stay not asked, and the check page changes one answer and comes back", () => {
  let flow = forward(begin(set));
  while (flow.place.at === "question") flow = forward(flow);
  expect(at(flow)).toBe("check");
  expect(flow.given).toEqual({});
  flow = change(flow, "papers");
  expect(at(back(flow))).toBe("check");
  flow = give(flow, said("papers", "yes"));
  expect(at(flow)).toBe("check");
  expect(answerTo(flow, "papers")?.answer).toBe("yes");
  expect(at(forward(flow))).toBe("end");
});

test("what she told before is shown and not asked again; how she is now is asked each time", () => {
  const earlier = [said("papers", "yes"), said("doctor", "no"), said("phone", "not-asked")];
  const asked = walk(begin(set, { earlier })).map((one) => one.id);
  expect(asked).not.toContain("papers");
  expect(asked).toContain("doctor");
  expect(asked).toContain("phone");
  expect(answerTo(begin(set, { earlier }), "papers")?.answer).toBe("yes");
});

test("stopping is allowed at any moment, keeps what was said, and can be taken back", () => {
  let flow = give(forward(begin(set)), said("overheard", "no"));
  flow = stop(flow);
  expect(at(flow)).toBe("end");
  expect(flow.stopped).toBe(true);
  expect(Object.keys(flow.given)).toEqual(["overheard"]);
  expect(at(goOn(flow))).toBe("question danger-now");
});

test("a conversation that was broken off goes on at the first question without an answer", () => {
  const given = ["overheard", "danger-now", "doctor"].map((one) => said(one, "no"));
  expect(at(begin(set, { given }))).toBe("question rest-first");
  expect(at(begin(set, { given: set.questions.map((one) => said(one.id, "no")) }))).toBe("check");
});

test("however she goes back and forth, she always gets to the end, and back to the beginning", () => {
  const step = fc.constantFrom<"forward" | "back" | Answer>("forward", "back", "yes", "no", "does-not-want");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let flow = begin(set, { earlier: [said("papers", "yes")] });
      for (const one of steps) {
        if (one === "forward") flow = forward(flow);
        else if (one === "back") flow = back(flow);
        else if (flow.place.at === "question") flow = give(flow, said(flow.place.id, one));
      }
      const given = Object.keys(flow.given).length;
      let there = flow;
      for (let n = 0; n < 200 && there.place.at !== "end"; n++) there = forward(there);
      expect(there.place.at).toBe("end");
      expect(Object.keys(there.given)).toHaveLength(given);
      let home = flow.place.at === "end" ? stop(begin(set)) : flow;
      for (let n = 0; n < 200 && home.place.at !== "intro" && home.place.at !== "end"; n++) home = back(home);
      expect(["intro", "end"]).toContain(home.place.at);
    }),
  );
});
