-- MSG-2: an administrative letter between the desks of two states has no case; it is the contact point's to write.
ALTER TABLE simpul.requests DROP CONSTRAINT requests_check1;
ALTER TABLE simpul.requests ADD CONSTRAINT requests_case CHECK (direction = 'outgoing' OR case_id IS NULL);
DROP POLICY made ON simpul.requests;
CREATE POLICY made ON simpul.requests FOR INSERT TO simpul_app WITH CHECK (
  (direction = 'outgoing' AND author_id = (SELECT simpul.officer())
    AND CASE WHEN case_id IS NULL THEN draft ->> 'unasked' = 'administrative' AND (SELECT simpul.is_contact_point())
             ELSE simpul.sees_case(case_id) END)
  OR (direction = 'incoming' AND peer = (SELECT simpul.peer()))
);
