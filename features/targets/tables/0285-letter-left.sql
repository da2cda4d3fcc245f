-- A letter has left when it was posted, not when it was approved: a freeze that is asked by letter runs from then.
CREATE OR REPLACE FUNCTION simpul.request_left_at(request uuid) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT min(CASE WHEN l.id IS NULL THEN t.created_at
    -- The day that was written down, at noon; for a letter of today no later than the moment of the note.
    ELSE least((l.posted_on + time '12:00') AT TIME ZONE 'UTC',
      (SELECT min(s.at) FROM simpul.request_steps s WHERE s.thread_id = t.id AND s.kind = 'posted')) END)
  FROM simpul.request_threads t LEFT JOIN simpul.letters l ON l.id = t.id
  WHERE t.request_id = request AND t.direction = 'outgoing'
$$;
