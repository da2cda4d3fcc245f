-- A number for a covert case, drawn from the upper half of the year's: the sequence of the others shows no gap where one
-- stands. It runs as its owner, because a number may be taken by a case that the officer does not see.
CREATE FUNCTION simpul.drawn_case_number(node text, year integer) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  drawn text;
BEGIN
  LOOP
    drawn := upper(node) || '-' || year || '-' || (500000 + floor(random() * 499999)::integer);
    EXIT WHEN NOT EXISTS (SELECT 1 FROM simpul.cases c WHERE c.number = drawn);
  END LOOP;
  RETURN drawn;
END
$$;
REVOKE ALL ON FUNCTION simpul.drawn_case_number(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.drawn_case_number(text, integer) TO simpul_app;
