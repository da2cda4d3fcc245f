-- VIC-2: the central authority that sends an extradition sees no case of a desk; it is told whether a charge was filed
-- of one of these persons, by ids that only the request before it names, and nothing else.
CREATE FUNCTION simpul.charge_filed(of_case uuid, among uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (SELECT 1 FROM simpul.charges
    WHERE case_id = of_case AND kind = 'person' AND state = 'filed' AND subject_id = ANY (among))
$$;
GRANT EXECUTE ON FUNCTION simpul.charge_filed(uuid, uuid[]) TO simpul_app;
