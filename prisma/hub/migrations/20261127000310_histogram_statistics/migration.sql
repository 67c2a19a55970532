-- Speed and dwell, released as histograms (rule P7). Values of an enumeration may be used from the next migration on.
SET lock_timeout = '5s';

ALTER TYPE "hub"."Statistic" ADD VALUE IF NOT EXISTS 'SPEED';
ALTER TYPE "hub"."Statistic" ADD VALUE IF NOT EXISTS 'DWELL';
