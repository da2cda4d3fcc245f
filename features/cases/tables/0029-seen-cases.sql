-- The cases that the actor sees, as a set: the rule of sees_case once more, for searches that ask it of many rows.
-- It runs as its owner and asks who acts; nobody is granted it but functions that run as the owner too.
CREATE VIEW simpul.seen_cases AS
SELECT c.id
FROM simpul.cases c
WHERE (SELECT simpul.is_job())
   OR (NOT c.covert AND c.agency_id = (SELECT simpul.agency()) AND (SELECT simpul.works_cases()))
   OR (c.covert AND c.desk_id = (SELECT simpul.desk())
       AND (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('supervisor')))
   OR c.id IN (SELECT simpul.team_cases());
