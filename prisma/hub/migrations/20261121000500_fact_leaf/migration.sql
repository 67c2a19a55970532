-- The leaf of a fact shows when the fact does, and not already when it was written down (rule P12).
SET lock_timeout = '5s';

CREATE OR REPLACE VIEW open.published_leaf AS
  SELECT index, kind, body, hash FROM open.log_leaf
   WHERE CASE kind
           WHEN 'FACT' THEN EXISTS (SELECT FROM open.event e
                                     WHERE e.id = (body ->> 'id')::uuid AND e.published_at <= now())
           ELSE (body ->> 'publishedAt')::timestamptz <= now()
         END;
