-- A state that joins later is given what stands already: the node's own job tells it.
CREATE POLICY told_later ON simpul.picture_told FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()));
