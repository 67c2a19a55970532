-- A regular expression of PostgreSQL repeats at most 255 times: with {3,300} every website of an organisation was an error.
SET lock_timeout = '5s';

CREATE OR REPLACE FUNCTION market.organization_faults(p_name_ko text, p_name_en text, p_url text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF coalesce(btrim(p_name_ko), '') = '' OR length(p_name_ko) > 200 THEN PERFORM market.refuse('nameKo', '1 to 200 characters'); END IF;
  IF coalesce(btrim(p_name_en), '') = '' OR length(p_name_en) > 200 THEN PERFORM market.refuse('nameEn', '1 to 200 characters'); END IF;
  IF p_url !~ '^https://[^\s"<>]{3,}$' OR length(p_url) > 300 THEN
    PERFORM market.refuse('url', 'an https address of at most 300 characters');
  END IF;
END $$;
