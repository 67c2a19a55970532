-- When a debit was made is the API's no more: for a window longer than a day it is when its release was worked on (rule P12).
SET lock_timeout = '5s';

REVOKE SELECT ON ledger.debit FROM madang_api;
GRANT SELECT (plan, day, population, epsilon_micro, nano_rho, delta_pico) ON ledger.debit TO madang_api;
