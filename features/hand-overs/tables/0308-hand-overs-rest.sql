-- AUD-2: of a case that rests nothing is offered, let go or taken back, and an acceptance that arrives finds it resting.
CREATE TRIGGER rests BEFORE INSERT OR UPDATE OR DELETE ON simpul.hand_overs FOR EACH ROW
  EXECUTE FUNCTION simpul.refuse_frozen('case', 'case_id');

-- Asked while the other state acts here, which sees no case.
CREATE FUNCTION simpul.hand_over_rests(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.sees_hand_over(which) AND EXISTS (
    SELECT 1 FROM simpul.hand_overs h JOIN simpul.freezes f ON f.what = 'case' AND f.record_id = h.case_id
    WHERE h.id = which AND f.lifted_at IS NULL)
$$;
GRANT EXECUTE ON FUNCTION simpul.hand_over_rests(uuid) TO simpul_app;
