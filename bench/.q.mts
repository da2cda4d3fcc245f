import { startServer } from "@simpul/store/launcher";
import pg from "pg";
const server = await startServer({ home: "/tmp/bench-home", settings: { max_wal_size: "4GB" } });
const open = new pg.Client(server.adminUrl("b")); await open.connect();
const o = (await open.query("select officer_id from simpul.case_team limit 1")).rows[0].officer_id;
const cm = (await open.query("select agency_id, count(*) from simpul.cases group by 1 order by 2 desc")).rows[0].agency_id;
await open.query("select set_config('simpul.actor_kind','officer',false), set_config('simpul.officer',$1,false), set_config('simpul.agency',$2,false), set_config('simpul.roles','investigator',false), set_config('simpul.desk',$1,false)", [o, cm]);
const time = async (name: string, text: string, values: unknown[] = []) => { const t: number[] = []; let n: any; for (let i = 0; i < 15; i++) { const b = performance.now(); n = (await open.query(text, values)).rows[0]; t.push(performance.now() - b); } t.sort((a, b) => a - b); console.log(name.padEnd(30), JSON.stringify(n).slice(0, 60), t[7]!.toFixed(1), t[14]!.toFixed(1)); };
await time("finders IN", `select count(*) from (SELECT 'T' || c.id::text FROM simpul.cases c WHERE c.id IN (SELECT simpul.team_cases()) AND NOT (true AND NOT c.covert AND c.agency_id = simpul.agency()))x`);
await time("finders ANY", `select count(*) from (SELECT 'T' || c.id::text FROM simpul.cases c WHERE c.id = ANY (ARRAY(SELECT simpul.team_cases())) AND NOT (true AND NOT c.covert AND c.agency_id = simpul.agency()))x`);
for (const q of ["'recruiter 42':* | ('recruiter':* & '42':*)", "'recruiter 42':* | ('recruiter':* & '42')", "'recruiter':* & '42'", "'+6281000104746':*"]) {
  const f = (await open.query(`SELECT 'T' || c.id::text f FROM simpul.cases c WHERE c.id = ANY (ARRAY(SELECT simpul.team_cases())) AND NOT (true AND NOT c.covert AND c.agency_id = simpul.agency())`)).rows.map((r: any) => `'${r.f}'`);
  for (const [n, full] of [["bare", q], ["A", `(${q}) & 'A${cm}'`], ["A|T" + f.length, `(${q}) & ('A${cm}' | ${f.join(" | ")})`]])
    await time(q.slice(0, 24) + " " + n, "select count(*) from (select 1 from simpul.case_words where words @@ $1::tsquery limit 200) x", [full]);
  await time(q.slice(0, 24) + " two", `select count(*) from ((select case_id, record_id from simpul.case_words where words @@ $1::tsquery limit 200) union (select case_id, record_id from simpul.case_words where words @@ $2::tsquery and case_id = any(array(select simpul.team_cases())) limit 200)) x`, [`(${q}) & 'A${cm}'`, q]);
  await time(q.slice(0, 24) + " seen_cases", `select count(*) from (select case_id, record_id from simpul.case_words w where words @@ $1::tsquery and exists (select 1 from simpul.seen_cases c where c.id = w.case_id) limit 200) x`, [q]);
}
await open.end(); await server.close();
