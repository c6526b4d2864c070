-- The sum of minor units as a bigint. sum(bigint) adds in 128 bits and hands out a numeric, which a report of 50,000 rows of eight columns turns back 400,000 times; this one adds as
-- bigint + bigint does, and fails as loudly when a sum does not fit. No rows: null.
create aggregate ar.total(bigint) (sfunc = int8pl, stype = bigint, combinefunc = int8pl, parallel = safe);
