-- A scan of what another state answered on paper: sealed here, but given by that state and under its terms (HC-11).
ALTER TABLE simpul.evidence_items ADD COLUMN given_by text CHECK (given_by ~ '^[a-z]{2}$');

CREATE FUNCTION simpul.item_given_by(which uuid, giver text, codes jsonb, grade text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF simpul.actor_kind() <> 'officer' OR NOT simpul.sees_item(which) THEN RETURN false; END IF;
  UPDATE simpul.evidence_items i SET given_by = giver, handling = codes, evaluation = grade
    WHERE i.id = which AND i.origin = 'here' AND i.state = 'sealed' AND i.given_by IS NULL;
  RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION simpul.item_given_by(uuid, text, jsonb, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.item_given_by(uuid, text, jsonb, text) TO simpul_app;
