-- When the version that is used came here: a key that was stolen by then is not believed, whatever day the list says.
ALTER TABLE simpul.watch_lists ADD COLUMN taken_at timestamptz NOT NULL DEFAULT now();
GRANT UPDATE (taken_at) ON simpul.watch_lists TO simpul_app;

-- A list does not exist for whom its state excludes here, or whom our own word keeps from that state's letters.
CREATE POLICY not_kept ON simpul.watch_lists AS RESTRICTIVE FOR SELECT TO simpul_app
  USING (ours OR (SELECT simpul.actor_kind()) <> 'officer' OR NOT simpul.kept_from_states(ARRAY[origin]));
