// Lost every passkey: two who saw her, never one, never she herself; and what she had is over before the code is made.
import type { Id, Role } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { testStore } from "../../testing/database.ts";
import type { InboxEntry } from "../inbox/contract.ts";
import { inboxOf } from "../inbox/inbox.ts";
import { accessInbox } from "./inbox.ts";
import type { AccessNode } from "./node.ts";
import { beginEnrolment, beginSignIn, finishEnrolment, finishSignIn } from "./passkeys.ts";
import { inviteOfficer } from "./people.ts";
import { beginRecovery, dropRecovery, finishRecovery, recoveries } from "./recovery.ts";
import { recoveryCodeLasts, recoveryLasts } from "./rules.ts";
import { beginSession, resolveSession, type Acting } from "./sessions.ts";
import { exerciseProof } from "./step-up.ts";
import { accessRoom, HandClock, job, officerAt, SoftPasskey } from "./testing.ts";

const clock = new HandClock();
const from = "203.0.113.9";
let store: OpenStore;
let node: AccessNode;
let lost: { officer: Id; passkey: SoftPasskey; session: Acting; cookie: string };
let admin: Acting;
let supervisor: Acting;
let beside: Acting;
let stranger: Acting;
let oversight: Acting;
const saw = "EXERCISE: at the gate, with her service card";
const waitingFor = async ({ officer, purpose }: Acting): Promise<InboxEntry[]> =>
  (await inboxOf({ store, clock }, [accessInbox(node)], { actor: officer, purpose }, () => undefined))
    .entries;
const refused = (code: string): Error => expect.objectContaining({ code }) as Error;
let numbers = 0;

async function signedIn(officer: Id): Promise<{ acting: Acting; cookie: string }> {
  const { token } = await beginSession(node, { officer, door: "browser", method: "exercise", proven: false });
  return { acting: (await resolveSession(node, { cookie: token, bearer: null }))!, cookie: token };
}
async function someone(name: string, roles: readonly Role[]): Promise<Acting> {
  const { officer } = await officerAt(node, { number: `R-${++numbers}`, name, roles });
  return (await signedIn(officer)).acting;
}
/** Vouching shows a passkey for exactly this; in an exercise a click stands for it. */
async function begins(by: Acting, officer = lost.officer): Promise<Id> {
  await exerciseProof(node, by, { act: "access.vouch", record: officer });
  return beginRecovery(node, by, { officer, saw });
}
async function vouches(by: Acting, id: Id): Promise<string> {
  await exerciseProof(node, by, { act: "access.vouch", record: id });
  return (await finishRecovery(node, by, id, saw)).code;
}

beforeAll(async () => {
  ({ store } = await testStore({ clock }));
  node = accessRoom(store, clock, true);
  const { officer } = await officerAt(node, { number: "R-0", name: "Dewi", roles: ["investigator"] });
  const { code } = await inviteOfficer(node, job, officer);
  const passkey = new SoftPasskey();
  const asked = await beginEnrolment(node, { code, from });
  await finishEnrolment(node, { id: asked.id, response: passkey.create(asked.options), name: "phone" });
  const { acting, cookie } = await signedIn(officer);
  lost = { officer, passkey, session: acting, cookie };
  admin = await someone("Tono", ["administrator"]);
  supervisor = await someone("Bima", ["supervisor"]);
  stranger = await someone("Agus", ["liaison"]);
  oversight = await someone("Hendra", ["oversight"]);
  // A second administrator at the desk of the first.
  const two = await officerAt(node, { number: "R-9", name: "Wahyu", roles: ["administrator"] });
  await sqlMove(two.officer, admin.officer.desk);
  beside = (await signedIn(two.officer)).acting;
}, 60_000);

/** Puts an officer at another's desk. */
async function sqlMove(officer: Id, desk: Id): Promise<void> {
  await store.write(job, async (tx) => {
    await sql`update simpul.memberships set desk_id = ${desk} where officer_id = ${officer}`.execute(tx.rows);
    tx.note("access.officer-placed", { officer, desk });
  });
}

test("no administrator alone gives a new code to an officer who has a passkey", async () => {
  const standing = {
    actor: { ...admin.officer, provenAt: Math.floor(clock.at / 1000) },
    purpose: admin.purpose,
  };
  await expect(inviteOfficer(node, standing, lost.officer)).rejects.toThrow(refused("HAS_PASSKEY"));
});

test("nobody vouches for herself, without a role for it, or without showing her passkey for exactly this", async () => {
  await expect(beginRecovery(node, admin, { officer: lost.officer, saw })).rejects.toThrow(
    refused("STEP_UP"),
  );
  await expect(begins(stranger)).rejects.toThrow(refused("NOT_ALLOWED"));
  await expect(begins(admin, admin.officer.id)).rejects.toThrow(refused("NOT_ALLOWED"));
  await exerciseProof(node, admin, { act: "access.vouch", record: supervisor.officer.id });
  await expect(beginRecovery(node, admin, { officer: lost.officer, saw })).rejects.toThrow(
    refused("STEP_UP"),
  );
});

test("two persons of two desks let her in; what she had ends, and the code lasts half an hour and once", async () => {
  const id = await begins(admin);
  await expect(begins(supervisor)).rejects.toThrow(refused("UNDER_WAY"));
  // Whoever began does not end it, and one of her desk does not either while another desk could.
  await expect(vouches(admin, id)).rejects.toThrow(refused("SECOND_PERSON"));
  await expect(vouches(beside, id)).rejects.toThrow(refused("SAME_DESK"));
  await expect(vouches(stranger, id)).rejects.toThrow(refused("NOT_ALLOWED"));
  // Row security lets nobody touch what is about herself.
  await expect(vouches(lost.session, id)).rejects.toThrow(refused("NOT_FOUND"));
  expect(await resolveSession(node, { cookie: lost.cookie, bearer: null })).not.toBeNull();

  const waits = await waitingFor(supervisor);
  expect(waits.map((one) => one.kind)).toEqual(["access-vouch"]);
  const code = await vouches(supervisor, id);
  expect(await resolveSession(node, { cookie: lost.cookie, bearer: null })).toBeNull();
  const old = await beginSignIn(node, from);
  await expect(finishSignIn(node, { id: old.id, response: lost.passkey.get(old.options) })).rejects.toThrow(
    refused("PASSKEY_REFUSED"),
  );
  await expect(vouches(supervisor, id)).rejects.toThrow(refused("NOT_FOUND"));

  const key = new SoftPasskey();
  const asked = await beginEnrolment(node, { code, from });
  await finishEnrolment(node, { id: asked.id, response: key.create(asked.options), name: "new" });
  await expect(beginEnrolment(node, { code, from })).rejects.toThrow(refused("CODE_REFUSED"));
  // She and oversight are told.
  const her = (await signedIn(lost.officer)).acting;
  expect((await recoveries(node, her))[0]).toMatchObject({ mine: true, second: { name: "Bima" } });
  for (const [who, whose] of [
    [her, "me"],
    [oversight, "desk"],
  ] as const) {
    const told = await waitingFor(who);
    expect(told).toMatchObject([{ kind: "access-recovered", title: "Dewi", for: whose }]);
  }
  expect(await recoveries(node, stranger)).toEqual([]);
});

test("after two hours nobody vouches any more, after half an hour the code is over, and a dropped one is over", async () => {
  const late = await begins(admin);
  clock.forward(recoveryLasts + 1000);
  [admin, supervisor] = [
    (await signedIn(admin.officer.id)).acting,
    (await signedIn(supervisor.officer.id)).acting,
  ];
  await expect(vouches(supervisor, late)).rejects.toThrow(refused("NOT_FOUND"));
  const dropped = await begins(admin);
  await expect(dropRecovery(node, stranger, dropped)).rejects.toThrow(refused("NOT_FOUND"));
  await dropRecovery(node, supervisor, dropped);
  await expect(vouches(supervisor, dropped)).rejects.toThrow(refused("NOT_FOUND"));
  const code = await vouches(supervisor, await begins(admin));
  clock.forward(recoveryCodeLasts + 1000);
  await expect(beginEnrolment(node, { code, from })).rejects.toThrow(refused("CODE_REFUSED"));
});

test("at the rows themselves one person cannot do what takes two", async () => {
  const by = await signedIn(admin.officer.id);
  const standing = { actor: by.acting.officer, purpose: by.acting.purpose };
  const forged = store.write(standing, async (tx) => {
    const id = tx.newId();
    await sql`insert into simpul.recoveries (id, officer_id, first_by, first_desk, first_saw, first_at, expires_at)
      values (${id}, ${lost.officer}, ${supervisor.officer.id}, ${supervisor.officer.desk}, ${saw}, ${tx.at},
        ${new Date(tx.at.getTime() + 1000)})`.execute(tx.rows);
    tx.note("access.recovery-begun", { id });
  });
  await expect(forged).rejects.toThrow(/row-level security/);
  const alone = store.write(standing, async (tx) => {
    const id = tx.newId();
    await sql`insert into simpul.recoveries (id, officer_id, first_by, first_desk, first_saw, first_at, expires_at)
      values (${id}, ${lost.officer}, ${by.acting.officer.id}, ${by.acting.officer.desk}, ${saw}, ${tx.at},
        ${new Date(tx.at.getTime() + 1000)})`.execute(tx.rows);
    await sql`select simpul.recover_officer(${id}, ${tx.newId()}, ${Buffer.alloc(32)}, ${tx.at}, ${tx.at})`.execute(
      tx.rows,
    );
    tx.note("access.recovered", { id });
  });
  await expect(alone).rejects.toThrow(/no two persons/);
});
