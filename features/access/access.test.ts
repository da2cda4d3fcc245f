// Signing in, acting, proving, leaving: the acts of access on a real database, with a passkey in software.
import type { Id, NodeCode } from "@simpul/model";
import type { OpenStore, Standing } from "@simpul/store";
import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { testStore } from "../../testing/database.ts";
import { tidy } from "./attempts.ts";
import {
  answerDevice,
  beginDeviceSignIn,
  beginRenewal,
  finishRenewal,
  pollDeviceSignIn,
  waitingDevice,
} from "./device-sign-in.ts";
import { belongings, deviceKeys, presentDevice, revokeDevice, revokePasskey } from "./devices.ts";
import { colleagues } from "./directory.ts";
import { exerciseOfficers, signInAs } from "./exercise.ts";
import type { AccessNode } from "./node.ts";
import {
  beginEnrolment,
  beginPasskey,
  beginSignIn,
  finishEnrolment,
  finishPasskey,
  finishSignIn,
} from "./passkeys.ts";
import { createOfficer, endPlace, endSessions, inviteOfficer, letOfficerGo, placeOfficer } from "./people.ts";
import { deviceStatement, pollStatement, renewStatement, sessionLimits } from "./rules.ts";
import {
  changeStanding,
  endSession,
  resolveSession,
  viewSession,
  type Acting,
  type Started,
} from "./sessions.ts";
import { beginStepUp, exerciseProof, finishStepUp, proofs } from "./step-up.ts";
import { accessRoom, HandClock, job, officerAt, SoftDevice, SoftPasskey } from "./testing.ts";

const clock = new HandClock();
const from = "203.0.113.7";
let store: OpenStore;
let node: AccessNode;
beforeAll(async () => {
  ({ store } = await testStore({ clock }));
  node = accessRoom(store, clock);
});

const browser = (started: Started) => ({ cookie: started.token, bearer: null });
const acts = async (started: Started): Promise<Acting> => (await resolveSession(node, browser(started)))!;
const standing = (acting: Acting): Standing => ({ actor: acting.officer, purpose: acting.purpose });
const refused = (code: string) => expect.objectContaining({ code }) as Error;
let numbers = 0;

/** A new officer with a passkey, signed in by it. */
async function enrolled(name: string, roles: Parameters<typeof officerAt>[1]["roles"] = ["investigator"]) {
  const who = await officerAt(node, { number: `N-${++numbers}`, name, roles });
  const { code } = await inviteOfficer(node, job, who.officer);
  const passkey = new SoftPasskey();
  const asked = await beginEnrolment(node, { code, from: name });
  const started = await finishEnrolment(node, {
    id: asked.id,
    response: passkey.create(asked.options),
    name: "Phone",
  });
  return { ...who, passkey, started, code, acting: await acts(started) };
}

async function signIn(passkey: SoftPasskey): Promise<Started> {
  const asked = await beginSignIn(node, from);
  return finishSignIn(node, { id: asked.id, response: passkey.get(asked.options) });
}

const leaves = async (about: Id): Promise<string[]> => {
  const { rows } = await store.read(job, (db) =>
    sql<{ kind: string }>`select kind from simpul.leaves where about_id = ${about} order by at, id`.execute(
      db.rows,
    ),
  );
  return rows.map((row) => row.kind);
};

describe("passkeys", () => {
  test("an invited officer adds her passkey once, and signs in by it from then on", async () => {
    const sari = await enrolled("Sari");
    await expect(beginEnrolment(node, { code: sari.code, from })).rejects.toEqual(refused("CODE_REFUSED"));
    const started = await signIn(sari.passkey);
    const view = await viewSession(node, browser(started));
    expect(view).toMatchObject({
      officer: { id: sari.officer, name: "Sari", desk: { id: sari.desk }, roles: ["investigator"] },
      purpose: "crime-investigation",
    });
    expect((await acts(started)).officer.provenAt).toBe(clock.at / 1000);
    expect(await leaves(started.session)).toEqual(["session.started"]);
  });

  test("the database knows no token and no code, only their hashes", async () => {
    const { started, code } = await enrolled("Bima");
    const { rows } = await store.read(job, (db) =>
      sql<{ text: string }>`select (select string_agg(s::text, '') from simpul.sessions s)
        || (select string_agg(e::text, '') from simpul.enrolments e) as text`.execute(db.rows),
    );
    expect(rows[0]!.text).not.toContain(started.token);
    expect(rows[0]!.text).not.toContain(code.replace("-", ""));
  });

  test("a passkey without its user verified, of another origin, replayed or unknown opens nothing", async () => {
    const { passkey, officer } = await enrolled("Wayan");
    for (const wrong of [new SoftPasskey(), new SoftPasskey({ origin: "http://localhost:7411" })]) {
      const asked = await beginSignIn(node, from);
      await expect(finishSignIn(node, { id: asked.id, response: wrong.get(asked.options) })).rejects.toEqual(
        refused("PASSKEY_REFUSED"),
      );
    }
    const asked = await beginSignIn(node, from);
    const answer = passkey.get(asked.options);
    await finishSignIn(node, { id: asked.id, response: answer });
    await expect(finishSignIn(node, { id: asked.id, response: answer })).rejects.toEqual(
      refused("CHALLENGE_OVER"),
    );
    const other = await beginSignIn(node, from);
    await expect(finishSignIn(node, { id: other.id, response: answer })).rejects.toEqual(
      refused("PASSKEY_REFUSED"),
    );
    // ASVS 16.3.1: what failed stands in the log, hers under her name; what was never asked for fills nothing.
    expect(await leaves(officer)).toContain("access.refused");
    const { rows } = await store.read(job, (db) =>
      sql<{ about: object }>`select record::jsonb -> 'about' as about from simpul.leaves
        where kind = 'access.refused' and record is not null`.execute(db.rows),
    );
    const why = { method: "passkey", because: "PASSKEY_REFUSED" };
    expect(rows.map((row) => row.about)).toEqual([why, why, { ...why, id: officer }]);
  });

  test("an authenticator that did not verify its user cannot be enrolled, and one that fell behind is a copy", async () => {
    const dewi = await officerAt(node, { number: "D-1", name: "Dewi", roles: ["analyst"] });
    const { code } = await inviteOfficer(node, job, dewi.officer);
    const asked = await beginEnrolment(node, { code, from });
    const careless = new SoftPasskey({ verified: false });
    await expect(
      finishEnrolment(node, { id: asked.id, response: careless.create(asked.options), name: "Key" }),
    ).rejects.toEqual(refused("PASSKEY_REFUSED"));
    const { passkey } = await enrolled("Joko");
    await signIn(passkey);
    passkey.counter = 0;
    await expect(signIn(passkey)).rejects.toEqual(refused("PASSKEY_REFUSED"));
  });

  test("a challenge lasts five minutes", async () => {
    const { passkey } = await enrolled("Rina");
    const asked = await beginSignIn(node, from);
    clock.forward(5 * 60_000);
    await expect(finishSignIn(node, { id: asked.id, response: passkey.get(asked.options) })).rejects.toEqual(
      refused("CHALLENGE_OVER"),
    );
  });

  test("she adds a second passkey, takes the first away, and keeps the last", async () => {
    const { acting, officer } = await enrolled("Putri");
    const asked = await beginPasskey(node, acting);
    const second = new SoftPasskey();
    await finishPasskey(node, acting, {
      id: asked.id,
      response: second.create(asked.options),
      name: "Key in the safe",
    });
    expect((await acts(await signIn(second))).officer.id).toBe(officer);
    const { passkeys } = await belongings(node, acting);
    expect(passkeys.map((key) => key.name)).toEqual(["Phone", "Key in the safe"]);
    await revokePasskey(node, acting, passkeys[0]!.id);
    await expect(revokePasskey(node, acting, passkeys[1]!.id)).rejects.toEqual(refused("LAST_PASSKEY"));
  });

  test("a borrowed session adds no way in that would last: neither a passkey nor a command line", async () => {
    const { acting, passkey } = await enrolled("Wayan");
    clock.forward(16 * 60_000);
    await expect(beginPasskey(node, acting)).rejects.toMatchObject({ code: "STEP_UP" });
    const fresh = await acts(await signIn(passkey));
    await beginPasskey(node, fresh);
  });

  test("after ten wrong codes nobody at that address tries another for ten minutes", async () => {
    const guess = () => beginEnrolment(node, { code: "AAAAA-AAAAA", from: "198.51.100.9" });
    for (let i = 0; i < 10; i++) await expect(guess()).rejects.toEqual(refused("CODE_REFUSED"));
    await expect(guess()).rejects.toMatchObject({
      code: "TOO_MANY",
      facts: { seconds: expect.any(Number) as number },
    });
    clock.forward(10 * 60_000);
    await expect(guess()).rejects.toEqual(refused("CODE_REFUSED"));
  });
});

describe("a session", () => {
  test("ends after its idle time, at its last hour, and when she signs out", async () => {
    const { passkey, acting, started } = await enrolled("Agus");
    clock.forward(sessionLimits.browser.idle - 1000);
    expect(await resolveSession(node, browser(started))).not.toBeNull();
    clock.forward(sessionLimits.browser.idle - 1000);
    expect(await resolveSession(node, browser(started))).not.toBeNull();
    clock.forward(sessionLimits.browser.idle);
    expect(await resolveSession(node, browser(started))).toBeNull();
    const long = await signIn(passkey);
    for (let gone = 0; gone < sessionLimits.browser.most; gone += 20 * 60_000) {
      expect(await resolveSession(node, browser(long))).not.toBeNull();
      clock.forward(20 * 60_000);
    }
    expect(await resolveSession(node, browser(long))).toBeNull();
    const last = await signIn(passkey);
    clock.forward(1000);
    await endSession(node, acting, last.session, "signed-out");
    expect(await resolveSession(node, browser(last))).toBeNull();
    expect(await leaves(last.session)).toEqual(["session.started", "session.ended"]);
  });

  test("of a browser opens no bearer door, and a made-up token opens none", async () => {
    const { started } = await enrolled("Yusuf");
    expect(await resolveSession(node, { cookie: null, bearer: started.token })).toBeNull();
    expect(await resolveSession(node, { cookie: "x".repeat(43), bearer: null })).toBeNull();
    expect(await resolveSession(node, { cookie: null, bearer: null })).toBeNull();
  });

  test("acts for one desk and one purpose at a time, and only hers", async () => {
    const { acting, officer, started } = await enrolled("Ratna", ["investigator", "administrator"]);
    const other = await officerAt(node, {
      number: "X-1",
      name: "Tono",
      roles: ["prosecutor"],
      kind: "prosecutor",
    });
    expect(acting.officer.roles).toEqual(["investigator"]);
    await changeStanding(node, acting, { purpose: "administration" });
    expect((await acts(started)).officer.roles).toEqual(["administrator"]);
    await expect(changeStanding(node, acting, { desk: other.desk })).rejects.toEqual(refused("NOT_HER_DESK"));
    await expect(changeStanding(node, acting, { purpose: "oversight" })).rejects.toEqual(
      refused("NOT_HER_PURPOSE"),
    );
    await placeOfficer(node, job, { officer, desk: other.desk, roles: ["prosecutor"] });
    await changeStanding(node, await acts(started), { desk: other.desk, language: "id" });
    expect(await acts(started)).toMatchObject({
      officer: { desk: other.desk, agency: other.agency, agencyKind: "prosecutor", roles: ["prosecutor"] },
      language: "id",
    });
  });

  test("is over in the moment in which her place ends or she leaves", async () => {
    const maya = await enrolled("Maya");
    const second = await officerAt(node, { number: "Y-1", name: "Hendra", roles: ["analyst"] });
    await placeOfficer(node, job, { officer: maya.officer, desk: second.desk, roles: ["analyst"] });
    await endPlace(node, job, { officer: maya.officer, desk: maya.desk });
    expect(await resolveSession(node, browser(maya.started))).toBeNull();
    const again = await signIn(maya.passkey);
    expect((await acts(again)).officer.desk).toBe(second.desk);
    await letOfficerGo(node, job, maya.officer);
    expect(await resolveSession(node, browser(again))).toBeNull();
    await expect(signIn(maya.passkey)).rejects.toEqual(refused("PASSKEY_REFUSED"));
  });

  test("is seen and ended by its officer, and by no colleague", async () => {
    const sari = await enrolled("Sari Dua");
    const bima = await enrolled("Bima Dua");
    expect((await belongings(node, sari.acting)).sessions.map((one) => one.id)).toEqual([
      sari.started.session,
    ]);
    await expect(endSession(node, bima.acting, sari.started.session, "revoked")).rejects.toEqual(
      refused("NOT_FOUND"),
    );
    const { rows } = await store.read(standing(bima.acting), (db) => {
      db.noteRead("test.read", {});
      return sql`select id from simpul.sessions where officer_id = ${sari.officer}`.execute(db.rows);
    });
    expect(rows).toEqual([]);
  });
});

describe("step-up", () => {
  const record = "018f0000-0004-7000-8000-000000000417" as Id;
  const ask = { act: "evidence.export", record } as const;
  const take = (acting: Acting, what: { act: "evidence.export" | "release"; record: Id }) =>
    store.write(standing(acting), async (tx) => {
      tx.note("test.exported", { id: what.record });
      return proofs.take(tx, what);
    });

  test("a passkey shown for one act on one record serves that act once", async () => {
    const { acting, passkey, started } = await enrolled("Sophea");
    clock.forward(20 * 60_000);
    const asked = await beginStepUp(node, acting, ask);
    await finishStepUp(node, acting, { id: asked.id, response: passkey.get(asked.options) });
    expect(await take(acting, { act: "release", record })).toBeNull();
    expect(await take(acting, { ...ask, record: acting.session })).toBeNull();
    expect(await take(acting, ask)).toMatchObject({
      act: "evidence.export",
      record,
      officer: acting.officer.id,
    });
    expect(await take(acting, ask)).toBeNull();
    expect((await acts(started)).officer.provenAt).toBe(clock.at / 1000);
  });

  test("a proof is kept when its act fails, and grows old after three minutes", async () => {
    const { acting, passkey } = await enrolled("Rithy");
    const show = async () => {
      const asked = await beginStepUp(node, acting, ask);
      await finishStepUp(node, acting, { id: asked.id, response: passkey.get(asked.options) });
    };
    await show();
    const failing = store.write(standing(acting), async (tx) => {
      await proofs.take(tx, ask);
      throw new Error("the disk is full");
    });
    await expect(failing).rejects.toThrow("the disk is full");
    expect(await take(acting, ask)).not.toBeNull();
    await show();
    clock.forward(181_000);
    expect(await take(acting, ask)).toBeNull();
  });

  test("a colleague's passkey proves nothing, and no click does where it is no exercise", async () => {
    const { acting } = await enrolled("Vanna");
    const dara = await enrolled("Dara");
    const asked = await beginStepUp(node, acting, ask);
    await expect(
      finishStepUp(node, acting, { id: asked.id, response: dara.passkey.get(asked.options) }),
    ).rejects.toEqual(refused("PASSKEY_REFUSED"));
    await expect(exerciseProof(node, acting, ask)).rejects.toEqual(refused("NO_EXERCISE"));
  });
});

describe("devices", () => {
  test("a browser's key is bound to her session, serves others for checking, and ends with its sessions", async () => {
    const { acting, started, officer } = await enrolled("Chantha");
    const device = new SoftDevice();
    const signature = device.sign(deviceStatement(node.code, acting.session, device.publicKey));
    const shown = { publicKey: device.publicKey, name: "Firefox on the desk", signature };
    const id = await presentDevice(node, acting, shown);
    expect((await acts(started)).device).toBe(id);
    expect(await deviceKeys(store).keyOf(id)).toMatchObject({ officer, revokedAt: null });
    const stranger = await enrolled("Samnang");
    await expect(presentDevice(node, stranger.acting, shown)).rejects.toEqual(refused("DEVICE_REFUSED"));
    await expect(revokeDevice(node, stranger.acting, id)).rejects.toEqual(refused("NOT_FOUND"));
    await revokeDevice(node, acting, id);
    expect(await resolveSession(node, browser(started))).toBeNull();
    expect((await deviceKeys(store).keyOf(id))!.revokedAt).not.toBeNull();
  });

  test("a command line signs in by a code that she approves, and renews itself by its key until revoked", async () => {
    const { acting, officer, desk } = await enrolled("Sreymom");
    const device = new SoftDevice();
    const begun = await beginDeviceSignIn(node, {
      name: "sreymom@laptop",
      publicKey: device.publicKey,
      from,
    });
    const poll = (signature = device.sign(pollStatement(node.code, begun.deviceCode))) =>
      pollDeviceSignIn(node, { deviceCode: begun.deviceCode, signature });
    expect((await poll()).kind).toBe("waiting");
    expect((await poll()).kind).toBe("slow-down");
    await expect(poll(new SoftDevice().sign("something else"))).rejects.toEqual(refused("DEVICE_REFUSED"));
    const waits = await waitingDevice(node, acting, begun.userCode.toLowerCase());
    expect(waits).toMatchObject({ name: "sreymom@laptop", fingerprint: begun.fingerprint });
    await answerDevice(node, acting, { code: begun.userCode, approve: true });
    const signed = await poll();
    if (signed.kind !== "signed-in") throw new Error(signed.kind);
    expect(await resolveSession(node, { cookie: null, bearer: signed.token })).toMatchObject({
      officer: { id: officer, desk, provenAt: null },
      device: signed.device,
    });
    expect((await poll()).kind).toBe("over");

    clock.forward(13 * 60 * 60_000);
    expect(await resolveSession(node, { cookie: null, bearer: signed.token })).toBeNull();
    const renewal = await beginRenewal(node, { device: signed.device, from });
    const proof = device.sign(renewStatement(node.code, signed.device, renewal.challenge));
    const renewed = await finishRenewal(node, { id: renewal.id, signature: proof });
    expect(await resolveSession(node, { cookie: null, bearer: renewed.token })).not.toBeNull();
    await revokeDevice(node, acting, signed.device);
    expect(await resolveSession(node, { cookie: null, bearer: renewed.token })).toBeNull();
    const late = await beginRenewal(node, { device: signed.device, from });
    const lateProof = device.sign(renewStatement(node.code, signed.device, late.challenge));
    await expect(finishRenewal(node, { id: late.id, signature: lateProof })).rejects.toEqual(
      refused("DEVICE_REFUSED"),
    );
  });

  test("a command line that was refused, or that nobody answered, gets nothing", async () => {
    const { acting } = await enrolled("Sreypov");
    const device = new SoftDevice();
    const ask = { name: "unknown", publicKey: device.publicKey, from };
    const begun = await beginDeviceSignIn(node, ask);
    await answerDevice(node, acting, { code: begun.userCode, approve: false });
    const poll = (deviceCode: string) =>
      pollDeviceSignIn(node, { deviceCode, signature: device.sign(pollStatement(node.code, deviceCode)) });
    expect((await poll(begun.deviceCode)).kind).toBe("denied");
    const late = await beginDeviceSignIn(node, ask);
    clock.forward(10 * 60_000);
    await expect(answerDevice(node, acting, { code: late.userCode, approve: true })).rejects.toEqual(
      refused("CODE_REFUSED"),
    );
    expect((await poll(late.deviceCode)).kind).toBe("over");
  });
});

describe("administrators", () => {
  test("manage access with a fresh second factor, and see neither more nor less", async () => {
    const { acting } = await enrolled("Ratana", ["administrator"]);
    const given = { number: "NEW-1", name: "  សុខ ដារា ", language: "km" };
    const made = await createOfficer(node, standing(acting), given);
    const { name } = (await colleagues(store, standing(acting), { text: "NEW-1", limit: 5 }))[0]!;
    expect(name).toBe("សុខ ដារា");
    expect(await leaves(made)).toEqual(["access.officer-created"]);
    await expect(createOfficer(node, standing(acting), given)).rejects.toEqual(refused("NUMBER_TAKEN"));
    await expect(createOfficer(node, standing(acting), { ...given, name: "a\u202eb" })).rejects.toEqual(
      refused("NOT_A_NAME"),
    );
    clock.forward(16 * 60_000);
    await expect(createOfficer(node, standing(acting), { ...given, number: "NEW-2" })).rejects.toMatchObject({
      code: "STEP_UP",
      facts: { act: "access.manage", record: "id" },
    });
  });

  test("end one officer's sessions, or everybody's but their own, at once; places and passkeys stay (ASVS 7.4.5)", async () => {
    const admin = await enrolled("Ratana Dua", ["administrator"]);
    const [sari, bima] = [await enrolled("Sari Tiga"), await enrolled("Bima Tiga")];
    const again = await signIn(sari.passkey);
    const alive = async (one: Started) => (await resolveSession(node, browser(one))) !== null;
    const end = (officer: Id | null) => endSessions(node, standing(admin.acting), officer);
    await expect(endSessions(node, standing(bima.acting), sari.officer)).rejects.toEqual(
      refused("NOT_ALLOWED"),
    );
    expect(await end(sari.officer)).toEqual({ ended: 2 });
    expect([await alive(sari.started), await alive(again), await alive(bima.started)]).toEqual([
      false,
      false,
      true,
    ]);
    expect((await end(null)).ended).toBeGreaterThan(0);
    expect([await alive(bima.started), await alive(admin.started)]).toEqual([false, true]);
    expect(await alive(await signIn(sari.passkey))).toBe(true);
    await expect(end(node.code as never)).rejects.toThrow();
  });

  test("an investigator manages nobody, whatever door she tries", async () => {
    const { acting, officer, desk } = await enrolled("Dara Dua");
    // Nor does an administrator give herself a right: another one does.
    const tono = await officerAt(node, { number: "self", name: "Tono", roles: ["administrator"] });
    const own = standing({
      ...acting,
      officer: { ...acting.officer, id: tono.officer, roles: ["administrator"] },
    });
    await expect(
      placeOfficer(
        node,
        { ...own, purpose: "administration" },
        { officer: tono.officer, desk, roles: ["investigator"] },
      ),
    ).rejects.toThrow();
    const grab = placeOfficer(node, standing(acting), { officer, desk, roles: ["administrator"] });
    await expect(grab).rejects.toEqual(refused("NOT_ALLOWED"));
    const straight = store.write(standing(acting), async (tx) => {
      tx.note("test.grab", { id: officer });
      const done =
        await sql`update simpul.memberships set roles = '{administrator}' where officer_id = ${officer}`.execute(
          tx.rows,
        );
      return done.numAffectedRows;
    });
    expect(await straight).toBe(0n);
  });
});

describe("the exercise", () => {
  test("one click signs in through the same session path, on a node that runs an exercise and on no other", async () => {
    const played = await officerAt(node, { number: "sari", name: "Sari Wulandari", roles: ["investigator"] });
    await expect(signInAs(node, { officer: "sari", door: "browser", from })).rejects.toEqual(
      refused("NO_EXERCISE"),
    );
    await expect(exerciseOfficers(node)).rejects.toEqual(refused("NO_EXERCISE"));
    const exercise = accessRoom(store, clock, true);
    const list = await exerciseOfficers(exercise);
    expect(list.find((one) => one.number === "sari")).toMatchObject({
      id: played.officer,
      roles: ["investigator"],
    });
    const started = await signInAs(exercise, { officer: "sari", door: "browser", from });
    const acting = (await resolveSession(exercise, browser(started)))!;
    expect(acting.officer).toMatchObject({ id: played.officer, provenAt: null });
    await exerciseProof(exercise, acting, { act: "release", record: played.desk });
    expect((await resolveSession(exercise, browser(started)))!.officer.provenAt).toBe(clock.at / 1000);
    await expect(signInAs(exercise, { officer: "nobody", door: "browser", from })).rejects.toEqual(
      refused("NOT_FOUND"),
    );
  });
});

test("what is over is tidied away, and a peer sees no officer", async () => {
  await beginSignIn(node, "tidy");
  clock.forward(2 * 3_600_000);
  await tidy(store);
  const { rows } = await store.chore("test", ({ rows }) =>
    sql<{
      left: number;
    }>`select (select count(*) from simpul.challenges) + (select count(*) from simpul.attempts) as left`.execute(
      rows,
    ),
  );
  expect(rows[0]!.left).toBe(0);
  const peer: Standing = { actor: { kind: "peer", node: "kh" as NodeCode }, purpose: "crime-investigation" };
  const seen = await store.read(peer, (db) => {
    db.noteRead("test.read", {});
    return sql`select id from simpul.officers union all select id from simpul.desks`.execute(db.rows);
  });
  expect(seen.rows).toEqual([]);
});
